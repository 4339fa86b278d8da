import { type Preview, setCustomElementsManifest } from '@storybook/web-components-vite';

const preview: Preview = {
  parameters: {
    layout: 'padded',
    backgrounds: { options: { page: { name: 'Page', value: '#1e293b' } } },
    a11y: { test: 'error' },
  },
  initialGlobals: { backgrounds: { value: 'page' } },
  tags: ['autodocs'],
};

// The manifest is there once the package has been built; stories work without it, their tables are then shorter.
const manifests = import.meta.glob('../custom-elements.json', { eager: true, import: 'default' });
for (const manifest of Object.values(manifests)) setCustomElementsManifest(manifest);

export default preview;

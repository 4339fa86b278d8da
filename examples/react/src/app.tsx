import '@pose-coach/elements';
import type {} from '@pose-coach/elements/react';
import { useState } from 'react';

export function App() {
  const [people, setPeople] = useState<number>();
  const [mirror, setMirror] = useState(true);
  return (
    <main style={{ maxWidth: '60rem', margin: '0 auto', padding: '1rem' }}>
      <h1>Pose Coach in React</h1>
      <p>
        <label>
          <input type="checkbox" checked={mirror} onChange={(event) => setMirror(event.target.checked)} />{' '}
          Mirror
        </label>
        {people !== undefined && ` · ${people === 0 ? 'nobody' : people} in view`}
      </p>
      <pose-coach
        assets="/pose-coach/"
        mirror={mirror}
        style={{ aspectRatio: '4 / 3' }}
        onpose-frame={(event) => setPeople(event.detail.frame.poses.length)}
      />
    </main>
  );
}

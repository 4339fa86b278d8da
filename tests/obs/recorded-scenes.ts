/** What a request is answered with: data, or OBS's code for why not. */
export type Answer = { readonly data?: object } | { readonly code: number; readonly comment?: string };

type Data = Readonly<Record<string, unknown>>;

interface Item {
  readonly id: number;
  readonly source: string;
  enabled: boolean;
  transform: Record<string, unknown>;
}

/** OBS's codes, as its documentation lists them and the real one gave them. */
const NOT_FOUND: Answer = { code: 600, comment: 'No source was found.' };
const EXISTS: Answer = { code: 601, comment: 'A source already exists by that name.' };
const INVALID_KIND: Answer = { code: 605, comment: 'Your specified input kind is not supported by OBS.' };

/** What the real one says of an item that nobody has moved, apart from the size of its source. */
const NEW_TRANSFORM = {
  alignment: 5,
  boundsAlignment: 0,
  boundsHeight: 0,
  boundsType: 'OBS_BOUNDS_NONE',
  boundsWidth: 0,
  cropBottom: 0,
  cropLeft: 0,
  cropRight: 0,
  cropTop: 0,
  positionX: 0,
  positionY: 0,
  rotation: 0,
  scaleX: 1,
  scaleY: 1,
};

/** Defaults of the kinds of sources that this OBS has. Those of the browser source are as obs-browser sets them. */
export const KINDS: Readonly<Record<string, object>> = {
  image_source: { linear_alpha: false, unload: false },
  browser_source: {
    url: 'https://obsproject.com/browser-source',
    width: 800,
    height: 600,
    fps: 30,
    fps_custom: false,
    shutdown: false,
    restart_when_active: false,
    webpage_control_level: 1,
    css: 'body { background-color: rgba(0, 0, 0, 0); margin: 0px auto; overflow: hidden; }',
    reroute_audio: false,
  },
};

/** Scenes, sources and filters of an OBS that is not there, changed by requests as those of the real one are. */
export class RecordedScenes {
  /** Name of the scene on air. */
  current = 'Scene';
  readonly scenes = new Map<string, Item[]>([['Scene', []]]);
  /** Groups are scenes that are items. */
  readonly groups = new Set<string>();
  readonly inputs = new Map<string, { readonly kind: string; settings: Data }>();
  #nextId = 1;

  /** Adds a source to a scene, past the protocol. */
  add(scene: string, source: string, enabled = true): Item {
    const item = { id: this.#nextId++, source, enabled, transform: { ...NEW_TRANSFORM } };
    const items = this.scenes.get(scene) ?? [];
    this.scenes.set(scene, [...items, item]);
    return item;
  }

  item(scene: string, source: string): Item | undefined {
    return this.scenes.get(scene)?.find((item) => item.source === source);
  }

  /** Undefined for what is no request about scenes and sources. */
  answer(request: string, data: Data): Answer | undefined {
    const scene = String(data.sceneName);
    const items = this.scenes.get(scene);
    const input = this.inputs.get(String(data.inputName));
    const item = items?.find(({ id }) => id === data.sceneItemId);
    switch (request) {
      case 'GetSceneList':
        return {
          data: {
            currentPreviewSceneName: null,
            currentProgramSceneName: this.current,
            scenes: [...this.scenes.keys()]
              .filter((name) => !this.groups.has(name))
              // From below, where OBS puts new ones.
              .reverse()
              .map((sceneName, sceneIndex) => ({ sceneIndex, sceneName })),
          },
        };
      case 'CreateScene':
        if (items || this.inputs.has(scene)) return EXISTS;
        this.scenes.set(scene, []);
        return {};
      case 'SetCurrentProgramScene':
        if (!items) return NOT_FOUND;
        this.current = scene;
        return {};
      case 'GetInputKindList':
        return { data: { inputKinds: Object.keys(KINDS) } };
      case 'GetInputDefaultSettings':
        return { data: { defaultInputSettings: KINDS[String(data.inputKind)] ?? {} } };
      case 'GetInputList':
        return {
          data: {
            inputs: [...this.inputs]
              .filter(([, { kind }]) => data.inputKind === undefined || kind === data.inputKind)
              .map(([inputName, { kind }]) => ({
                inputKind: kind,
                inputName,
                unversionedInputKind: kind,
              })),
          },
        };
      case 'CreateInput':
        if (!items) return NOT_FOUND;
        if (input) return EXISTS;
        if (!(String(data.inputKind) in KINDS)) return INVALID_KIND;
        this.inputs.set(String(data.inputName), {
          kind: String(data.inputKind),
          settings: data.inputSettings as Data,
        });
        return { data: { sceneItemId: this.add(scene, String(data.inputName)).id } };
      case 'GetInputSettings':
        return input ? { data: { inputKind: input.kind, inputSettings: input.settings } } : NOT_FOUND;
      case 'SetInputSettings':
        if (!input) return NOT_FOUND;
        input.settings = {
          ...(data.overlay === false ? {} : input.settings),
          ...(data.inputSettings as Data),
        };
        return {};
      case 'PressInputPropertiesButton':
        return input && data.propertyName === 'refreshnocache' ? {} : NOT_FOUND;
      case 'CreateSceneItem':
        if (!items || !this.inputs.has(String(data.sourceName))) return NOT_FOUND;
        return { data: { sceneItemId: this.add(scene, String(data.sourceName)).id } };
      case 'GetSceneItemId': {
        const found = this.item(scene, String(data.sourceName));
        return found ? { data: { sceneItemId: found.id } } : NOT_FOUND;
      }
      case 'GetSceneItemTransform':
        return item ? { data: { sceneItemTransform: item.transform } } : NOT_FOUND;
      case 'SetSceneItemTransform':
        if (!item) return NOT_FOUND;
        Object.assign(item.transform, data.sceneItemTransform);
        return {};
      case 'GetSceneItemEnabled':
        return item ? { data: { sceneItemEnabled: item.enabled } } : NOT_FOUND;
      case 'SetSceneItemEnabled':
        if (!item) return NOT_FOUND;
        item.enabled = data.sceneItemEnabled === true;
        return {};
      case 'GetSceneItemList':
      case 'GetGroupSceneItemList':
        return items ? { data: { sceneItems: items.map((each) => this.#listed(each)) } } : NOT_FOUND;
      default:
        return undefined;
    }
  }

  #listed(item: Item): object {
    const input = this.inputs.get(item.source);
    return {
      inputKind: input?.kind ?? null,
      isGroup: input ? null : this.groups.has(item.source),
      sceneItemEnabled: item.enabled,
      sceneItemId: item.id,
      sceneItemTransform: item.transform,
      sourceName: item.source,
    };
  }
}

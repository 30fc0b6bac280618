/** How somebody looks at the pages. */
export interface Look {
  name: string;
  js: boolean;
  width: 390 | 1280;
  scheme: 'light' | 'dark';
  /** What their browser asks for; English, if nothing is said. */
  language?: string;
}

const look = (js: boolean, width: Look['width'], scheme: Look['scheme']): Look => ({
  name: `${width}-${scheme}-${js ? 'js' : 'nojs'}`,
  js,
  width,
  scheme,
});

export const phone = look(true, 390, 'light');
export const dark = look(true, 390, 'dark');
export const desktop = look(true, 1280, 'light');

/** All combinations. */
export const looks: Look[] = [true, false].flatMap((js) =>
  ([390, 1280] as const).flatMap((width) =>
    (['light', 'dark'] as const).map((scheme) => look(js, width, scheme)),
  ),
);

// Plausible arguments for calls whose answer is known to be a refusal.

import { fileURLToPath } from 'node:url';

import { parameters } from './library.mjs';

const TEXT = '1';

const FILE = fileURLToPath(new URL('../package.json', import.meta.url));

const BY_NAME = {
  addProductList: [],
  beginTime: new Date(0),
  card: {},
  cardInfo: {},
  data: {},
  delProductList: [],
  description: {},
  endTime: new Date(0),
  filepath: FILE,
  info: {},
  locations: [],
  menu: {},
  miniprogram: {},
  news: {},
  openids: ['1'],
  options: {},
  opts: {},
  param: {},
  poi: {},
  query: {},
};

/** A value for each parameter of the call. */
export function argumentsFor(call) {
  return parameters(call).map((name) => BY_NAME[name] ?? TEXT);
}

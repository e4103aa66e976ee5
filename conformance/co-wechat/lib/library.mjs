// Every call that co-wechat-api has, found in its class.

import API from 'co-wechat-api';

/** Their names: the class's own functions and those that its parts mix in. */
export function callNames() {
  const names = Object.getOwnPropertyNames(API.prototype);
  return names.filter((name) => name !== 'constructor').sort();
}

/** The names of a function's parameters, as its source has them. */
export function parameters(call) {
  const [, list] = API.prototype[call].toString().match(/\(([^)]*)\)/);
  return list.split(',').map((parameter) => parameter.split('=')[0].trim()).filter(Boolean);
}

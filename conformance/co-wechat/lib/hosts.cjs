// The one place where official host names become the address of a Teahouse, for Node's own `http`
// and `https`. Loaded before everything else; the packages' own files stay as they were installed.
// A later version of Teahouse brings an HTTP proxy, and this goes.
'use strict';

const http = require('node:http');
const https = require('node:https');

const GROUPS = {
  'api.weixin.qq.com': 'api',
  'mp.weixin.qq.com': 'api',
  'file.api.weixin.qq.com': 'api',
};

const agent = new http.Agent({ keepAlive: true });
const send = http.request;

/** What was asked of official hosts: method, host, path and group. */
const journal = [];
let teahouse = null;

function routed(request) {
  return (options, ...rest) => {
    const host = options.hostname ?? options.host;
    if (!(host in GROUPS)) {
      return request(options, ...rest);
    }
    const { method, path } = options;
    journal.push({ method, host, path: path.split('?')[0], group: GROUPS[host] });
    const headers = { ...options.headers, Host: host };
    const { hostname, port } = teahouse;
    return send({ method, path, headers, host: hostname, port, agent }, ...rest);
  };
}

http.request = routed(http.request);
https.request = routed(https.request);

/** From now on official hosts lead to this address. */
function route(address) {
  teahouse = new URL(address);
}

module.exports = { agent, journal, route };

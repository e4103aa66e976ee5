// Accounts, people and time, by Teahouse's sandbox.

export const MODES = ['plain', 'compatible', 'safe'];
export const TOKEN = 'conformance';

/** The sandbox's own error. */
export class Refused extends Error {
  constructor(status, body) {
    super(`${status} ${body.error}: ${body.message}`);
    this.status = status;
    this.code = body.error;
  }
}

/** `/sandbox` of a Teahouse. */
export class Sandbox {
  constructor(address) {
    this.base = `${address}/sandbox`;
  }

  /** A verified service account, unless the fields say otherwise. */
  createAccount(fields = {}) {
    const account = { kind: 'service', verified: true, name: '云溪茶社', ...fields };
    return this.post('/accounts', account);
  }

  /** Somebody new. */
  async createPerson(nickname) {
    return new Person(this, (await this.post('/people', { nickname })).id);
  }

  /** Moves the platform's clock; what falls due on the way is run. */
  advance(duration) {
    return this.post('/clock', { advance: duration });
  }

  get(path) {
    return this.#call(path, { method: 'GET' });
  }

  post(path, body) {
    const headers = { 'Content-Type': 'application/json' };
    return this.#call(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  upload(path, content) {
    const body = new FormData();
    body.append('media', new Blob([content]), 'file');
    return this.#call(path, { method: 'POST', body });
  }

  async #call(path, options) {
    const answer = await fetch(this.base + path, options);
    const body = await answer.json();
    if (!answer.ok) {
      throw new Refused(answer.status, body);
    }
    return body;
  }
}

/** Somebody, and what she does. Each act returns when its deliveries are settled. */
class Person {
  constructor(sandbox, id) {
    this.sandbox = sandbox;
    this.id = id;
  }

  follow(appid, fields = {}) {
    return this.#act('follow', { appid, ...fields });
  }

  unfollow(appid) {
    return this.#act('unfollow', { appid });
  }

  say(appid, content) {
    return this.send(appid, { type: 'text', content });
  }

  send(appid, fields) {
    return this.#act('send', { appid, ...fields });
  }

  locate(appid, fields) {
    return this.#act('locate', { appid, ...fields });
  }

  /** A media_id to send. */
  async upload(kind, content) {
    const path = `/people/${this.id}/media?type=${kind}`;
    return (await this.sandbox.upload(path, content)).media_id;
  }

  /** What she sees last in her conversation with the account. */
  async latest(appid) {
    const { messages } = await this.sandbox.get(`/people/${this.id}/inbox?appid=${appid}`);
    return messages.at(-1);
  }

  #act(act, body) {
    return this.sandbox.post(`/people/${this.id}/${act}`, body);
  }
}

// What the page asks the server for, by the addresses that programs use.

const api = (path) => new URL("../v1/" + path, document.baseURI);

/** Why the server did not do what it was asked for; status 0 where it did not answer. */
export class Refused extends Error {
  constructor(status, detail, retryAfter = 0) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  return new Refused(
    response.status,
    problem.detail ?? response.statusText,
    Number(response.headers.get("Retry-After")) || 0,
  );
}

async function ask(address, options = {}) {
  let response;
  try {
    response = await fetch(address, {cache: "no-store", credentials: "same-origin", ...options});
  } catch {
    throw new Refused(0, "");
  }
  if (response.ok || response.status === 304) return response;
  throw await refusal(response);
}

/** Exchanges a key for a session, which scripts cannot read. */
export const begin = (key) =>
  ask("session", {method: "POST", headers: {Authorization: "Bearer " + key}});

export const version = async () => (await ask(api("version"))).json();

let tag = "";

/** All jobs, or null where nothing is further than when this was asked last. */
export async function jobs(language, limit, anew) {
  const headers = tag && !anew ? {"If-None-Match": tag} : {};
  const response = await ask(api(`jobs?lang=${language}&limit=${limit}`), {headers});
  tag = response.headers.get("ETag") ?? "";
  return response.status === 304 ? null : response.json();
}

export const remove = (id) => ask(api(`jobs/${id}`), {method: "DELETE"});

export const note = (id, text) =>
  ask(api(`jobs/${id}/note`), {
    method: "PUT",
    headers: {"Content-Type": "text/plain; charset=utf-8"},
    body: text,
  });

export const quote = async (id, language) => (await ask(api(`jobs/${id}/text?lang=${language}`))).text();

export const archive = async (ids, language) =>
  (
    await ask(api(`export?lang=${language}`), {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify(ids),
    })
  ).blob();

export const pageOf = (id, language) => api(`jobs/${id}/page?lang=${language}`).href;
export const pictureOf = (id) => api(`jobs/${id}/thumbnail`).href;
export const reportOf = (id) => api(`jobs/${id}/report`).href;
export const comparison = (one, other, language) =>
  api(`compare?one=${one}&other=${other}&lang=${language}`).href;

/**
 * Sends a file. fetch cannot tell how much of a body is sent, so this is the older way.
 *
 * @param key names the request, so that sending it again makes no second job
 * @param progress is told the share that is sent
 */
export function send(file, {language, profile, key, progress}) {
  return new Promise((resolve, reject) => {
    const address = api("jobs");
    address.search = new URLSearchParams({name: file.name, page: language, profile});
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Idempotency-Key", key);
    request.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0);
    request.onerror = () => reject(new Refused(0, ""));
    request.onload = () => {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // Whatever stands between has answered in its own words.
      }
      if (request.status === 202) resolve(answer);
      else {
        const retryAfter = Number(request.getResponseHeader("Retry-After")) || 0;
        reject(new Refused(request.status, answer.detail ?? request.statusText, retryAfter));
      }
    };
    request.send(file);
  });
}

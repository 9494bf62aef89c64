// Files on their way to the server, a few at a time. One that the server has no room for waits.

import * as server from "./server.js";

const AT_A_TIME = 3;
const AGAIN_SECONDS = 2;

/** Answers after which the same is worth asking again: none, no session, too slow, no room. */
const PASSING = [0, 401, 408, 429, 503];

/** Files that are not with the server yet: {key, name, share, state: waiting | sending | refused, unreadable, detail}. */
export const files = [];

let sending = 0;
let changed = () => {};
let choices = () => ({});

/**
 * Begins.
 *
 * @param whenChanged is called whenever a file is further
 * @param asChosen tells the language and profile
 */
export function start(whenChanged, asChosen) {
  changed = whenChanged;
  choices = asChosen;
}

/** Takes further files. */
export function add(more) {
  for (const file of more) {
    files.push({key: crypto.randomUUID(), name: file.name, file, share: 0, state: "waiting", detail: ""});
  }
  next();
}

/** Forgets a file that was refused, or was not sent yet. */
export function forget(key) {
  const index = files.findIndex((each) => each.key === key && each.state !== "sending");
  if (index >= 0) files.splice(index, 1);
  changed();
}

/** How many will be sent. */
export const left = () => files.filter((each) => each.state !== "refused").length;

function next() {
  while (sending < AT_A_TIME) {
    const one = files.find((each) => each.state === "waiting");
    if (!one) break;
    one.state = "sending";
    sending++;
    send(one).finally(() => {
      sending--;
      next();
    });
  }
  changed();
}

async function send(one) {
  try {
    await server.send(one.file, {
      ...choices(),
      key: one.key,
      progress: (share) => {
        one.share = share;
        changed();
      },
    });
    files.splice(files.indexOf(one), 1);
  } catch (refused) {
    one.share = 0;
    if (refused.status === 0 && !(await isReadable(one.file))) {
      one.unreadable = true;
      one.state = "refused";
    } else if (PASSING.includes(refused.status)) {
      const seconds = refused.retryAfter || AGAIN_SECONDS;
      await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
      one.state = "waiting";
    } else {
      one.state = "refused";
      one.detail = refused.message;
    }
  }
}

/** A file may be moved, or changed, after it was handed over: the browser then reads it no more. */
const isReadable = (file) =>
  file.slice(0, 1).arrayBuffer().then(
    () => true,
    () => false,
  );

// 독자가 고친 것. 자료 안의 자리(ways.0.W.1.3)와 새 값의 목록이고, 지금 보는 자리와 함께 주소에 적는다.
(() => {
  /** 자리에 있는 수나 참 거짓. 그런 자리가 없으면 undefined다. */
  function look(data, path) {
    const found = path.split(".").reduce((inside, key) => (Object.hasOwn(Object(inside), key) ? inside[key] : undefined), data);
    return ["number", "boolean"].includes(typeof found) ? found : undefined;
  }

  /** 고친 것을 모두 넣은 새 자료. */
  function apply(data, edits) {
    const copy = structuredClone(data);
    for (const [path, value] of edits) {
      const keys = path.split(".");
      const last = keys.pop();
      keys.reduce((inside, key) => inside[key], copy)[last] = value;
    }
    return copy;
  }

  /** 주소의 꼬리. */
  function write(id, at, edits) {
    const parts = [...new Map(edits)].map(([path, value]) => `${path}=${Number(value)}`);
    return "#" + [id, "at=" + at.join("."), ...parts].join("&");
  }

  /** 주소에 적힌 자리와 고친 것, 읽을 수 없는 것. 다른 셀의 주소이면 undefined다. */
  function read(id, hash, data) {
    if (!hash.startsWith(`#${id}&`)) return undefined;
    const found = { at: [], edits: [], bad: [] };
    for (const [path, text] of new URLSearchParams(hash.slice(id.length + 2))) {
      const old = look(data, path);
      const value = text.trim() === "" ? NaN : Number(text);
      if (path === "at") found.at = text.split(".");
      else if (old === undefined || !Number.isFinite(value)) found.bad.push(path);
      else found.edits.push([path, typeof old === "boolean" ? value !== 0 : value]);
    }
    return found;
  }

  Object.assign(liveCell, { look, apply, write, read });
})();

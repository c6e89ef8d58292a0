// 글자의 색을 볼 요소를 고른다. 대비는 요소마다 오래 걸리는데, 색과 크기와 바탕이 같으면 대비도 같으므로 둘씩만 본다.
(within) => {
  const EACH = 2;
  const opaque = (colour) => /^rgb\(|^color\(.*(?<!\/.*)\)$/.test(colour);
  const ground = (element) => {
    const found = [];
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      found.push(style.backgroundColor, style.backgroundImage, style.opacity, style.filter);
      if (opaque(style.backgroundColor) && style.backgroundImage === "none") break;
    }
    return found.join(" ");
  };
  const alike = new Map();
  for (const element of document.querySelectorAll(`${within} *`)) {
    const says = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!says || !element.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const look = [color, fontSize, fontWeight, textShadow, ground(element)].join("|");
    alike.set(look, [...(alike.get(look) ?? []), element].slice(0, EACH));
  }
  return axe
    .run({ include: [...alike.values()].flat() }, { runOnly: { type: "rule", values: ["color-contrast"] }, resultTypes: ["violations"] })
    .then(({ violations }) => violations);
}

// 사이트에 나오는 낱말. 초성, 덜 친 말, 잘못 친 말에서 그 낱말을 짐작하고, 다른 말을 사이트의 말로 옮긴다.
siteSearch.Vocabulary = (() => {
  const { initials, isHangul, jamo, stem } = siteSearch.hangul;
  const { words } = siteSearch.tokens;
  const GUESSES = 5;

  // 몇 글자를 고쳐야 같아지는가. 이웃한 두 글자가 뒤바뀐 것은 하나로 센다. limit을 넘으면 더 세지 않는다.
  function distance(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return Infinity;
    let older = [];
    let old = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        row[j] = Math.min(row[j - 1] + 1, old[j] + 1, old[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        if (swapped) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return Infinity;
      [older, old] = [old, row];
    }
    return old[b.length];
  }

  // 나온 글자마다 비트 하나. 글자 하나를 고치면 많아야 비트 둘이 달라지므로, 세지 않고도 먼 낱말을 거른다.
  const BITS = 31;
  const lettersOf = (text) => [...text].reduce((bits, letter) => bits | (1 << (letter.codePointAt(0) % BITS)), 0);

  function differing(a, b) {
    let count = 0;
    for (let left = a ^ b; left; left &= left - 1) count += 1;
    return count;
  }

  // 띄어쓰기와 대소문자를 가리지 않고 비교할 수 있게 만든 것.
  const plain = (text) => words(text.toLowerCase()).join("");

  return class Vocabulary {
    // texts: 사이트의 글. terms: 용어집의 [사이트의 말, 다른 말…].
    constructor(texts, terms) {
      this.counts = new Map();
      for (const text of [...texts, ...terms.flat()]) words(text).forEach((word) => this.count(word));
      // 띄어 쓴 용어도 붙여서 한 낱말로 안다: 초기 상태, ㅊㄱㅅㅌ
      for (const [term] of terms) this.count(plain(term));
      this.entries = [...this.counts].map(([word, count]) => {
        const spelled = jamo(word);
        return { word, count, jamo: spelled, letters: lettersOf(spelled), initials: initials(word) };
      });
      const own = new Set(terms.map(([term]) => plain(term)));
      const others = terms.flatMap(([term, ...names]) => names.map((name) => ({ name: plain(name), term, other: true })));
      const english = terms.map(([term, name]) => ({ name: plain(term), term: name, other: false }));
      this.names = [...others.filter(({ name }) => !own.has(name)), ...english]
        .sort((a, b) => b.name.length - a.name.length);
    }

    count(word) {
      const root = isHangul(word) ? stem(word) : word.toLowerCase();
      if (root.length > 1 && !/^\d/u.test(root)) this.counts.set(root, (this.counts.get(root) ?? 0) + 1);
    }

    has(word) {
      return this.counts.has(word);
    }

    withInitials(typed) {
      return this.best((entry) => entry.initials.startsWith(typed) && entry.word.length - typed.length);
    }

    startingWith(typed) {
      const letters = jamo(typed);
      return this.best((entry) => entry.jamo.startsWith(letters) && entry.jamo.length - letters.length);
    }

    // 자모 넷에 하나쯤 틀린 것까지.
    near(typed) {
      const spelled = jamo(typed);
      const letters = lettersOf(spelled);
      const limit = Math.min(2, Math.floor(spelled.length / 4));
      return this.best((entry) => {
        if (differing(letters, entry.letters) > 2 * limit) return false;
        const steps = distance(spelled, entry.jamo, limit);
        return steps <= limit && steps;
      });
    }

    // far가 수를 돌려준 낱말을 가까운 것부터, 같으면 자주 나온 것부터.
    best(far) {
      const found = [];
      for (const entry of this.entries) {
        const steps = far(entry);
        if (steps !== false) found.push({ entry, steps });
      }
      found.sort((a, b) => a.steps - b.steps || b.entry.count - a.entry.count);
      return found.slice(0, GUESSES).map(({ entry }) => entry.word);
    }

    // 낱말마다 그것이 든 용어. 긴 것부터 보고, 이미 쓴 낱말은 다시 쓰지 않는다.
    // 다른 말이었으면(other) 사이트의 말을, 사이트의 말이었으면 코드에 나올 영어 이름을 term에 담는다.
    termsFor(list) {
      const found = list.map(() => null);
      for (const entry of this.names) {
        for (let start = 0; start < list.length; start += 1) {
          let joined = "";
          let end = start;
          while (end < list.length && joined.length < entry.name.length) {
            joined += list[end].toLowerCase();
            end += 1;
          }
          // 한글은 조사가 붙고, 영어는 s가 붙는다.
          const { name } = entry;
          const fits = isHangul(name) ? joined.startsWith(name) : joined === name || joined === `${name}s`;
          if (fits && found.slice(start, end).every((used) => used === null)) {
            found.fill(entry, start, end);
          }
        }
      }
      return found;
    }
  };
})();

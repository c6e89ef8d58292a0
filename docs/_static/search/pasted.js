// 붙여 넣은 글에서 오류 메시지를 골라낸다: 예외의 이름, 그 뒤의 글, 견줄 낱말.
siteSearch.pasted = (() => {
  const HEAD = /(?:[A-Za-z_]\w*\.)*\b([A-Z]\w*)?(Error|Exception|Warning|Interrupt)\s*:|WARNING:\w+:/gu;
  const WORD = /[a-z_]\w*|\d+|[가-힣]+|\[\]/giu;
  // TimeDistributed는 여느 층도 감싸므로 순환층이 아니다.
  const RECURRENT = /^(simplernn|gru|lstm|convlstm\dd|rnn|bidirectional|stackedrnncells)(cell)?$/u;
  const CALLED = /Exception encountered when calling (\S*?)\.call\(\)\.?/gu;
  // 메시지를 이루는 말. 이름만 늘어놓은 검색어에는 거의 들지 않는다.
  const PROSE = new Set((
    "a an the is are was be been has have had not no cannot can't could should must does doesn't do did will of for to from with " +
    "without in at on by but if or and when while this that it its you your out found got received given expected invalid " +
    "object attribute module named argument arguments"
  ).split(" "));
  const SENTENCE = 6;
  const QUESTION = /\?\s*$|^\s*(how|what|why|which|where|when|who|is|are|does|do|can|difference)\b/iu;
  // 층의 이름은 독자마다 다르지만, 손실을 구하는 곳의 이름은 언제나 같다.
  const node = (first) => (first === "compile_loss" ? `node ${first}` : "node");
  // 색을 내는 글자와 코드의 자리, TensorFlow가 적는 연산의 이름, Keras가 뒤에 붙이는 인자의 목록을 뺀다.
  const plain = (text) => text.normalize("NFC")
    .replace(/\u001b?\[[\d;]*m/gu, " ").replace(/\{\{(\w+) (\w*).*?\}\}/gsu, (_, kind, first) => (kind === "node" ? node(first) : " ")).replace(/[‘’“”]/gu, "'")
    .replace(/File "[^"]*", line \d+(, in \S+)?/gu, " ")
    .replace(/Arguments received by [\w.]+\(\):(?!.*Error\s*:).*$/su, " ");

  const isNumber = (word) => /^\d/u.test(word);

  // 낱말. 층의 이름에 붙는 번호는 떼고, 순환층은 어느 것이든 같은 말로 본다: lstm_7, GRUCell
  const wordsOf = (text) => Array.from(text.matchAll(WORD), ([word]) => (
    word.toLowerCase().replace(/(?<=[a-z])_\d+$/u, "").replace(RECURRENT, "rnn")
  ));

  // Keras가 어느 예외에나 앞에 붙이는 말을 떼어 낸 글과, 거기에 적힌 층의 이름.
  function called(text) {
    return { names: Array.from(text.matchAll(CALLED), ([, name]) => name.toLowerCase()), rest: text.replace(CALLED, " ") };
  }

  // 예외마다 이름과 그 뒤의 글. 예외가 이어졌으면 마지막 것부터다.
  function raised(text) {
    const heads = [...text.matchAll(HEAD)];
    return heads.map((head, order) => ({
      kind: (head[1] ?? "") + (head[2] ?? "Warning"),
      body: text.slice(head.index + head[0].length, heads[order + 1]?.index),
      whole: text.slice(head.index),
    })).reverse();
  }

  // 예외의 이름 없이 적은 글: 메시지의 토막일 수 있는가(isPart), 영어 문장인가(isProse), 문장을 이루는 말이 반은 되는가(isPlain).
  // 짧으면 기억나는 낱말만 늘어놓은 것일 수 있다: expected 3 variables received 0 lstm
  function looks(text) {
    const list = text.toLowerCase().match(/[a-z_][\w']*/gu) ?? [];
    const said = list.filter((word) => PROSE.has(word)).length;
    return {
      isPart: list.length >= 3 && (said > 0 || /:\s|\[\d|\[Op:/u.test(text)),
      isProse: list.length >= 4 && said >= 2 && !/[가-힣]/u.test(text) && !QUESTION.test(text),
      isPlain: list.length >= SENTENCE && said * 2 >= list.length,
    };
  }

  // 긴 글의 앞과 뒤. 무엇이 틀렸는지는 예외의 이름 바로 뒤나 맨 끝에 있다.
  const brief = (text, longest) => (
    text.length > longest ? `${text.slice(0, longest / 2)} … ${text.slice(-longest / 2)}` : text
  );

  return { brief, called, isNumber, isSaid: (word) => PROSE.has(word), looks, plain, raised, wordsOf };
})();

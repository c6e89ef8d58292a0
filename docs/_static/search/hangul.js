// 한글 낱말을 다루는 법: 자모로 풀기, 초성만 남기기, 조사와 어미 떼기.
siteSearch.hangul = (() => {
  const HEADS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
  const VOWELS = [..."ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"];
  const TAILS = ["", ..."ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"];
  // 두 번 눌러 넣는 자모는 누른 대로 푼다. 그래야 치는 도중의 글자가 다 친 글자의 앞부분이 된다.
  const KEYS = {
    ㅘ: "ㅗㅏ", ㅙ: "ㅗㅐ", ㅚ: "ㅗㅣ", ㅝ: "ㅜㅓ", ㅞ: "ㅜㅔ", ㅟ: "ㅜㅣ", ㅢ: "ㅡㅣ", ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ",
    ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ",
  };
  // 이름 뒤의 조사와 움직임말 뒤의 어미. 저마다 긴 것부터 적고, 그 차례로 뗀다.
  const PARTICLES = (
    "이라는 이란게 에서는 에서도 에서의 으로는 으로도 까지는 부터는 이라고 입니다 인가요 인지 인데 에서 에게 에는 에도 으로 로는 " +
    "까지 부터 처럼 보다 마다 이나 이란 이라 라는 라고 와는 과는 은 는 이 가 을 를 의 에 로 와 과 도 만 나 란"
  ).split(" ");
  const ENDINGS = "하나요 되나요 나요 하는 하기 하고 하면 하지 되는 되면 으면 기 고 면 지".split(" ");

  const isHangul = (word) => /[가-힣ㄱ-ㅎㅏ-ㅣ]/u.test(word);
  const isInitials = (word) => /^[ㄱ-ㅎ]+$/u.test(word);
  const isParticle = (word) => PARTICLES.includes(word);

  // 음절의 첫소리, 가운뎃소리, 끝소리. 음절이 아니면 그대로 둔다.
  function sounds(letter) {
    const order = letter.codePointAt(0) - "가".codePointAt(0);
    if (!/[가-힣]/u.test(letter)) return [letter];
    return [HEADS[Math.floor(order / 588)], VOWELS[Math.floor((order % 588) / 28)], TAILS[order % 28]];
  }

  // 상태 -> ㅅㅏㅇㅌㅐ. 로마자는 그대로다.
  const jamo = (word) => [...word].flatMap(sounds).map((sound) => KEYS[sound] ?? sound).join("");

  // 양방향 -> ㅇㅂㅎ
  const initials = (word) => [...word].map((letter) => sounds(letter)[0]).join("");

  function without(endings, word) {
    const ending = endings.find((ending) => word.length > ending.length && word.endsWith(ending));
    return ending ? word.slice(0, -ending.length) : word;
  }

  // 셀을 -> 셀
  const noun = (word) => without(PARTICLES, word);

  // 상태를 -> 상태, 쌓기 -> 쌓
  const stem = (word) => (noun(word) === word ? without(ENDINGS, word) : noun(word));

  // 물음에는 으레 있지만 무엇을 묻는지는 말하지 않는 말: 왜, 쓰면, 해도, 되나요, 넣었는데
  const ASKING = "왜 뭐 뭔 뭘 뭐가 뭘로 뭐로 뭐예요 뭐에요 뭐야 뭐임 뭐죠 뭐지 뭔가요 뭔지 뭔데 무엇 무엇인가요 무슨 어떻게 어떤 언제 어디 어디서 안 못 잘 좀 꼭 그냥 그럼 근데 수 때 것 게 걸 건 거 " +
    "둘 저 제 이거 하기 한다 된다 했는데 했더니 했어요 됐는데 썼는데 넣었는데 인가 인지 인가요 건가 건가요 거예요 거죠 거지 이유 이유가";
  const DOING = "해 돼 되 하 쓰 써 넣 주 나오 나 있 없 같 좋 싶 줘 줄 쓸 할 될 볼 보";
  const TO = "면 도 야 요 죠 지 나 나요 는데 은데 던데 었는데 는 은 을 까 까요 을까요 어 아 어요 아요 어도 아도 네요 은가 아야";
  const MUST = "해야(하나|하나요|되나|되나요|돼|돼요|할까|할까요)";
  const either = (list) => list.replaceAll(" ", "|");
  const ASKED = new RegExp(`^(${either(ASKING)}|(${either(DOING)})(${either(TO)})?|${MUST})$`, "u");
  const isAsked = (word) => ASKED.test(word);

  return { initials, isAsked, isHangul, isInitials, isParticle, jamo, noun, stem };
})();

// 살아 있는 셀이 화면에 적는 말.
(() => {
  const GATE = { i: "입력 게이트 i", f: "망각 게이트 f", o: "출력 게이트 o", r: "재설정 게이트 r", z: "갱신 게이트 z" };

  liveCell.NAMES = {
    SimpleRNN: { xW: "입력 쪽 x·W", hU: "상태 쪽 h[t-1]·U", h: "은닉 상태 h" },
    LSTM: { ...GATE, fc: "남긴 기억 f × c[t-1]", g: "후보 값 c̃", ig: "새 내용 i × c̃", c: "셀 상태 c", s: "셀 상태의 tanh", h: "은닉 상태 h" },
    GRU: { ...GATE, u: "U를 곱한 상태 u", ru: "재설정한 상태", g: "후보 값 h̃", keep: "남긴 상태 z × h[t-1]", rest: "나머지 1 − z", new: "새 내용 (1 − z) × h̃", h: "은닉 상태 h" },
  };

  /** 식 안에서 부르는 짧은 이름. */
  liveCell.SHORT = { h_previous: "h[t-1]", c_previous: "c[t-1]", xW: "x·W", hU: "h·U", fc: "f×c", ig: "i×c̃", s: "tanh(c)", keep: "z×h", new: "(1−z)×h̃", rest: "1−z" };

  liveCell.WORDS = {
    ways: ["정방향", "역방향"],
    way: "읽는 방향",
    blank: "(빈자리)",
    step: "타임스텝",
    previous: "이전 계산",
    next: "다음 계산",
    play: "재생",
    pause: "멈춤",
    undo: "되돌리기",
    reset: "처음 값으로",
    numbers: "이 타임스텝의 수",
    quantity: "구하는 것",
    unit: "유닛",
    terms: ["항", "곱"],
    total: "모두 더한 값",
    read: "읽기",
    skipped: "마스크가 거짓인 타임스텝입니다. 여기서 구한 값은 쓰지 않고, 이전 상태를 그대로 넘깁니다.",
    states: "타임스텝마다의 상태",
    same: "처음 값에서는 Keras가 낸 상태와 같습니다. 가장 큰 차이:",
    edited: "고친 수로 이 페이지에서 계산한 값입니다. 굵게 쓰고 밑줄 친 수는 처음과 다릅니다.",
    later: "상태가 달라진 타임스텝:",
    nowhere: "없음",
    ignored: "주소에서 쓸 수 없는 것을 뺐습니다:",
    notNumber: "수를 적으세요.",
  };
})();

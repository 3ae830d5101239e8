// Streamlit's own texts in Russian, and the page's language. Constant; the page allows it by its hash.
// Only Streamlit's furniture is touched, never what an owner wrote. Where a text of Streamlit changes,
// it simply stays English.
(() => {
  "use strict";
  const MARK = "[class*='st-key-lang_']"; // a container of the shell: its key ends with the language
  const FURNITURE = [
    "stFileUploader", "stElementToolbar", "stElementToolbarButton", "stSkipToContent", "InputInstructions",
    "stMultiSelect", "stMultiSelectDropdown", "stSelectbox", "stSelectboxVirtualDropdown", "stDateInput",
    "stNumberInput", "stDialog", "stDataFrame", "stStatusWidget", "stTooltipContent", "stDateInputPopover",
  ].map((id) => `[data-testid="${id}"]`).join();
  const OWNERS = "[data-testid=stMarkdownContainer],[data-testid=stFileChipName],[data-testid=stText],[role=option],canvas";
  const OURS_AFTER_ALL = "[data-testid=stTooltipContent],[data-testid=stFileUploaderDropzone] button";
  const IN_LISTS = ["Select all", "No results"];
  const ATTRIBUTES = ["aria-label", "placeholder", "title"];
  const WORDS = {
    "Upload": "Выбрать файлы", "Browse files": "Выбрать файлы", "file upload": "выбор файлов",
    "Drag and drop files here": "Перетащите файлы сюда", "Drag and drop file here": "Перетащите файл сюда",
    "Drop files here": "Отпустите файлы здесь", "Drop file here": "Отпустите файл здесь",
    "Add files": "Добавить файлы", "Error: ": "Ошибка: ",
    "Show/hide columns": "Столбцы", "Download as CSV": "Скачать CSV", "Search": "Поиск",
    "Fullscreen": "На весь экран", "Close fullscreen": "Закрыть", "Show data": "Показать данные",
    "Show chart": "Показать график", "Download as PNG": "Скачать картинку", "Copy Vega-Lite spec": "Скопировать описание графика",
    "Skip to main content": "К содержанию", "Open": "Открыть", "Close": "Закрыть", "Clear": "Очистить",
    "Clear value": "Очистить", "Clear all": "Очистить всё", "Dismiss": "Закрыть", "Choose date": "Выбрать день",
    "Choose an option": "Выберите", "Choose options": "Выберите", "Select all": "Выбрать все",
    "No results": "Ничего не найдено", "Decrement": "Меньше", "Increment": "Больше",
    "Press Enter to apply": "Enter, чтобы применить", "Press Enter to submit form": "Enter, чтобы отправить",
    "Stop": "Остановить", "Running...": "Считаем…", "Previous": "Назад", "Next": "Вперёд",
  };
  const UNITS = { B: "Б", KB: "КБ", MB: "МБ", GB: "ГБ" };
  const size = (number, unit) => `${number.replace(/\.0$/, "").replace(".", ",")} ${UNITS[unit]}`;
  const PARTS = { year: "год", month: "месяц", day: "день" };
  const RULES = [
    [/^([\d.]+)([KMG]?B)$/, (_, n, u) => size(n, u)],
    [/^(.*), ([\d.]+)([KMG]?B)$/, (_, name, n, u) => `${name}, ${size(n, u)}`],
    [/^([\d.]+)([KMG]?B) per file(.*)$/, (_, n, u, rest) => `до ${size(n, u)} на файл${rest}`],
    [/^File must be ([\d.]+)([KMG]?B) or smaller\.$/, (_, n, u) => `Файл больше ${size(n, u)}.`],
    [/^(.*) files are not allowed\.$/, () => "Такие файлы не подходят."],
    [/^Remove (.*)$/, (_, name) => `Убрать ${name}`],
    [/^(year|month|day), (.*)$/, (_, part, label) => `${PARTS[part]}, ${label}`],
    [/^(Show\/hide columns|Download as CSV|Search|Fullscreen): (.*)$/, (_, word, label) => `${WORDS[word]}: ${label}`],
  ];
  let lang = document.documentElement.lang;

  const translated = (text) => {
    if (Object.hasOwn(WORDS, text)) return WORDS[text];
    for (const [pattern, make] of RULES) if (pattern.test(text)) return text.replace(pattern, make);
    return text;
  };
  const swap = (holder, slot, read, write) => {
    const kept = (holder.inEnglish ??= {});
    const now = read();
    if (kept[slot]?.shown !== now) kept[slot] = { english: now, shown: now };
    const wanted = lang === "ru" ? translated(kept[slot].english) : kept[slot].english;
    kept[slot].shown = wanted;
    if (wanted !== now) write(wanted);
  };
  const visit = (node) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (!element?.closest(FURNITURE)) return;
    const furniture = !element.closest(OWNERS) || element.closest(OURS_AFTER_ALL);
    const inList = element.closest("[role=option]") && IN_LISTS.includes(node.nodeValue);
    if (!furniture && !inList) return;
    if (node.nodeType === Node.TEXT_NODE) {
      swap(node, "text", () => node.nodeValue, (text) => { node.nodeValue = text; });
      return;
    }
    for (const name of ATTRIBUTES) {
      if (!node.hasAttribute(name)) continue;
      swap(node, name, () => node.getAttribute(name), (text) => node.setAttribute(name, text));
    }
  };
  const walk = (root) => {
    visit(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) visit(walker.currentNode);
  };
  const settle = () => {
    const mark = document.querySelector(MARK)?.className.match(/st-key-lang_(\w+)/)?.[1];
    if (!mark || mark === lang) return false;
    lang = document.documentElement.lang = mark;
    walk(document.body);
    return true;
  };
  new MutationObserver((changes) => {
    if (settle()) return;
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(walk);
      else visit(change.target);
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: [...ATTRIBUTES, "class"],
  });
})();

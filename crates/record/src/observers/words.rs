//! The few words that every form shows: of choices that recur, of blanks, and of the fields of a visit, in English, Russian and Kazakh.
//!
//! They are data of the forms that are written, not messages: a form for telephones has all its languages in itself.

/// A word of a form and what is shown for it: English, Russian, Kazakh.
type Shown = (&'static str, [&'static str; 3]);

const CHOICES: [Shown; 3] =
    [("yes", ["Yes", "Да", "Иә"]), ("no", ["No", "Нет", "Жоқ"]), ("other", ["Other", "Другое", "Басқа"])];

const MARKS: [Shown; 4] = [
    ("1", ["1 – very good", "1 – очень хорошо", "1 – өте жақсы"]),
    ("2", ["2 – good", "2 – хорошо", "2 – жақсы"]),
    ("3", ["3 – bad", "3 – плохо", "3 – нашар"]),
    ("4", ["4 – very bad", "4 – очень плохо", "4 – өте нашар"]),
];

/// The blanks that can be chosen; *not asked* is an empty cell.
pub(super) const BLANKS: [Shown; 3] = [
    ("not_observed", ["Not observed", "Не наблюдалось", "Бақыланған жоқ"]),
    ("not_applicable", ["Not applicable", "Неприменимо", "Қолданылмайды"]),
    ("refused", ["Asked, but refused", "Спрошено, но отказано", "Сұралды, бірақ бас тартылды"]),
];

pub(super) const ACCESS: [Shown; 3] = [
    ("full", ["To everything", "Ко всему", "Толық"]),
    ("limited", ["In, but not to everything", "Внутрь, но не ко всему", "Ішке, бірақ толық емес"]),
    ("refused", ["Not let in", "Не пустили", "Кіргізбеді"]),
];

/// The fields of a visit that an observer fills in.
pub(super) const FIELDS: [Shown; 6] = [
    ("station", ["Station", "Избирательный участок", "Сайлау учаскесі"]),
    (
        "observer",
        [
            "Observer's pseudonym (no name)",
            "Псевдоним наблюдателя (не имя)",
            "Бақылаушының бүркеншік аты (шын аты емес)",
        ],
    ),
    ("arrived", ["Arrived", "Время прихода", "Келген уақыты"]),
    ("left", ["Left", "Время ухода", "Кеткен уақыты"]),
    ("access", ["How far were you let?", "Насколько вас допустили?", "Сізді қаншалықты жіберді?"]),
    ("overall", ["Your mark for the whole", "Ваша общая оценка", "Жалпы бағаңыз"]),
];

/// Why a number or a time is left empty.
pub(super) const WHY_EMPTY: Shown = ("blank", ["Why is it empty?", "Почему не заполнено?", "Неге толтырылмады?"]);

/// What is shown in a language, which is known by the code in its name or by the name itself; English for any other.
pub(super) fn shown(word: &Shown, language: &str) -> &'static str {
    let language = language.to_lowercase();
    let is = |code: &str, names: [&str; 2]| language.contains(code) || names.iter().any(|name| language.contains(name));
    let [english, russian, kazakh] = word.1;
    match () {
        () if is("(ru)", ["russian", "русск"]) => russian,
        () if is("(kk)", ["kazakh", "қазақ"]) => kazakh,
        () => english,
    }
}

/// What is shown for a choice that recurs; `None` for any other.
pub(super) fn shown_by_itself(choice: &str, among: &[String], language: &str) -> Option<&'static str> {
    let are_marks = among.len() == MARKS.len() && among.iter().zip(&MARKS).all(|(choice, mark)| choice == mark.0);
    let words: &[Shown] = if are_marks { &MARKS } else { &CHOICES };
    words.iter().find(|word| word.0 == choice).map(|word| shown(word, language))
}

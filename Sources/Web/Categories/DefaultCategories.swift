import Expenses
import Templating

/// The categories that everybody starts with, in the language of who registers.
enum DefaultCategories {
    private static let names = [
        Message("Groceries", context: "category"), Message("Leisure", context: "category"),
        Message("Electronics", context: "category"), Message("Utilities", context: "category"),
        Message("Clothing", context: "category"), Message("Health", context: "category"), others,
    ]
    static let others = Message("Others", context: "category")

    /// By their names in `Category.defaults`.
    static func names(in translation: Translation) -> [String: String] {
        Dictionary(uniqueKeysWithValues: names.map { ($0.english, $0.text(in: translation)) })
    }
}

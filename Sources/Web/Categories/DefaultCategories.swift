import Expenses
import Templating

/// The categories that everybody starts with, in the language of who registers.
enum DefaultCategories {
    static let groceries = Message("Groceries", context: "category")
    static let leisure = Message("Leisure", context: "category")
    static let electronics = Message("Electronics", context: "category")
    static let utilities = Message("Utilities", context: "category")
    static let clothing = Message("Clothing", context: "category")
    static let health = Message("Health", context: "category")
    static let others = Message("Others", context: "category")

    private static let names = [groceries, leisure, electronics, utilities, clothing, health, others]

    /// By their names in `Category.defaults`.
    static func names(in translation: Translation) -> [String: String] {
        Dictionary(uniqueKeysWithValues: names.map { ($0.english, $0.text(in: translation)) })
    }
}

import Expenses

/// What people spend on, how often, and how much.
struct DemoKind: Sendable {
    struct Item: Sendable {
        let description: String
        let cents: ClosedRange<Int>

        init(_ description: String, _ cents: ClosedRange<Int>) {
            self.description = description
            self.cents = cents
        }
    }

    let category: String
    let items: [Item]
    /// Prices of shops: $39.99.
    var endsInNine = false
    /// Whether things are given back now and then.
    var refunds = false
    /// How likely a purchase of that day is of this kind, compared with the others.
    let weight: @Sendable (Day) -> Int

    static let all = [groceries, leisure, utilities, health, clothing, electronics, others]

    private static let groceries = DemoKind(
        category: "Groceries",
        items: [
            Item("Supermarket", 900...11_500), Item("Weekly shop", 4_500...16_000),
            Item("Bakery", 240...1_450),
            Item("Farmers' market", 650...4_200), Item("Butcher", 800...4_800),
            Item("Corner shop", 150...1_900),
            Item("Coffee beans", 850...2_400), Item("Fruit and vegetables", 350...2_600),
            Item("Drinks", 500...3_800), Item("Cheese counter", 450...2_700),
        ],
        weight: { day in
            switch day.weekday {
            case .saturday: 60
            case .sunday: 15
            case .monday, .tuesday, .wednesday, .thursday, .friday: 38
            }
        })

    private static let leisure = DemoKind(
        category: "Leisure",
        items: [
            Item("Lunch", 850...2_200), Item("Coffee", 280...750), Item("Dinner with friends", 2_200...9_500),
            Item("Cinema", 900...3_200), Item("Concert tickets", 3_500...16_000), Item("Book", 700...3_500),
            Item("Streaming", 799...1_799), Item("Gym", 2_900...5_900), Item("Museum", 600...2_400),
            Item("Weekend trip", 9_000...48_000), Item("Ice cream", 250...1_200),
            Item("Café Zoë", 320...1_800),
        ],
        weight: { day in
            let summer = (6...8).contains(day.month) ? 10 : 0
            switch day.weekday {
            case .friday, .saturday: return 38 + summer
            case .sunday: return 45 + summer
            case .monday, .tuesday, .wednesday, .thursday: return 24 + summer
            }
        })

    private static let utilities = DemoKind(
        category: "Utilities",
        items: [
            Item("Electricity", 4_800...14_500), Item("Heating", 5_500...24_000),
            Item("Water", 2_200...6_000),
            Item("Internet", 2_999...4_999), Item("Mobile phone", 999...3_999),
            Item("Home insurance", 1_900...6_500),
        ],
        weight: { day in
            let isWinter = day.month <= 3 || day.month >= 11
            return (day.dayOfMonth <= 5 ? 22 : 3) + (isWinter ? 3 : 0)
        })

    private static let health = DemoKind(
        category: "Health",
        items: [
            Item("Pharmacy", 450...4_200), Item("Dentist", 4_000...32_000), Item("Doctor", 2_000...15_000),
            Item("Glasses", 8_900...38_000), Item("Physiotherapy", 3_500...9_000),
            Item("Vitamins", 690...2_900),
        ],
        weight: { day in day.month <= 2 || day.month >= 10 ? 9 : 6 })

    private static let clothing = DemoKind(
        category: "Clothing",
        items: [
            Item("Shoes", 3_900...18_000), Item("T-shirt", 900...3_900), Item("Jeans", 3_900...11_900),
            Item("Winter coat", 7_900...32_000), Item("Running shoes", 6_900...17_900),
            Item("Socks", 490...1_990),
            Item("Dress", 2_900...14_900), Item("Dry cleaning", 650...3_200),
        ], endsInNine: true, refunds: true,
        weight: { day in [1, 3, 4, 9, 12].contains(day.month) ? 9 : 5 })

    private static let electronics = DemoKind(
        category: "Electronics",
        items: [
            Item("Headphones", 2_900...29_900), Item("Charging cable", 790...2_990),
            Item("Keyboard", 2_900...15_900),
            Item("Laptop", 59_900...219_900), Item("Phone case", 990...3_990),
            Item("Light bulbs", 590...3_490),
            Item("Printer ink", 1_490...6_990), Item("Game", 990...6_990),
        ], endsInNine: true, refunds: true,
        weight: { day in day.month == 11 || day.month == 12 ? 10 : 3 })

    private static let others = DemoKind(
        category: "Others",
        items: [
            Item("Train ticket", 350...8_900), Item("Petrol", 3_500...9_500), Item("Haircut", 1_800...6_500),
            Item("Present", 1_000...12_000), Item("Donation", 500...10_000), Item("Post office", 120...2_400),
            Item("Flowers", 800...4_500), Item("Bike repair", 1_500...13_000), Item("Parking", 100...1_800),
            Item("", 200...5_000),
        ],
        weight: { day in day.month == 12 ? 20 : 12 })
}

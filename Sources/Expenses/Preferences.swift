/// How a user wants money and days shown and read.
package struct Preferences: Hashable, Sendable {
    package var currency: Currency
    package var numberFormat: NumberFormat
    /// An IANA zone name such as `Europe/Berlin`; empty means the server's own zone.
    package var zone: String
    package var firstWeekday: Weekday
    /// In which pages are shown (RFC 5646); empty means as the browser asks.
    package var language: String
    /// On which day months begin.
    package var months: MonthCalendar

    package init(
        currency: Currency = .usd, numberFormat: NumberFormat = .commaPoint, zone: String = "",
        firstWeekday: Weekday = .monday, language: String = "", months: MonthCalendar = .civil
    ) {
        self.currency = currency
        self.numberFormat = numberFormat
        self.zone = zone
        self.firstWeekday = firstWeekday
        self.language = language
        self.months = months
    }

    /// The server's own where none is chosen, or one that is not known here.
    package var timeZone: Zone { Zone(identifier: zone) ?? .system }
}

extension Preferences {
    /// With the currency and the format of figures that are usual where somebody lives who reads this language (RFC 5646),
    /// in this region (ISO 3166, capitals). Where none is named, only of languages that are read in one region above all.
    package init(usualFor language: String, in region: String?) {
        self.init()
        guard let region = region ?? Preferences.regions[language] else { return }
        currency = Currency(usedIn: region) ?? currency
        numberFormat = NumberFormat(usualFor: language, in: region)
    }

    private static let regions = [
        "de": "DE", "fr": "FR", "it": "IT", "ja": "JP", "nl": "NL", "pl": "PL",
    ]
}

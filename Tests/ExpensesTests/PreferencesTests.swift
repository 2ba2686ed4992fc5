import Expenses
import Testing

@Suite struct PreferencesTests {
    @Test(
        arguments: [
            ("en", "US", "USD", NumberFormat.commaPoint), ("en", "GB", "GBP", .commaPoint),
            ("de", "DE", "EUR", .pointComma), ("de", nil, "EUR", .pointComma),
            ("de", "CH", "CHF", .apostrophePoint),
            ("fr", "CA", "CAD", .spaceComma), ("pl", nil, "PLN", .spaceComma),
            ("pt", "BR", "BRL", .pointComma),
            ("es", "MX", "MXN", .commaPoint), ("es", "AR", "ARS", .pointComma),
            ("ja", nil, "JPY", .commaPoint),
            ("hi", "IN", "INR", .indian), ("zh", "CN", "CNY", .commaPoint), ("ar", "EG", "EGP", .commaPoint),
            // Where it is not clear: as without any.
            ("es", nil, "USD", .commaPoint), ("en", nil, "USD", .commaPoint),
            ("es", "VE", "USD", .pointComma),
            ("en", "AQ", "USD", .commaPoint), ("en", "", "USD", .commaPoint),
        ] as [(String, String?, String, NumberFormat)])
    func `a new account has the currency and the figures of its region`(
        language: String, region: String?, currency: String, format: NumberFormat
    ) {
        let preferences = Preferences(usualFor: language, in: region)
        #expect(preferences.currency.code == currency)
        #expect(preferences.numberFormat == format)
    }
}

/// A currency of ISO 4217, with the number of decimals that its minor unit has.
package struct Currency: Hashable, Sendable {
    /// Three capital letters.
    package let code: String
    /// What stands beside an amount on a page: a sign where there is a usual one, else the code.
    package let symbol: String
    /// 0, 2 or 3.
    package let decimals: Int
    /// Whether the symbol is a sign such as `$`, which stands close to the figures, and not letters.
    let symbolIsSign: Bool

    private init(_ code: String, _ symbol: String, decimals: Int = 2) {
        self.code = code
        self.symbol = symbol
        self.decimals = decimals
        symbolIsSign = symbol.unicodeScalars.last?.properties.generalCategory == .currencySymbol
    }

    /// The currency with this code, in capitals; nil where there is none.
    package init?(code: String) {
        guard let currency = Currency.byCode[code] else { return nil }
        self = currency
    }

    /// What is paid with in this region (ISO 3166, capitals); nil where that is not clear. Most codes begin with the region's.
    package init?(usedIn region: String) {
        let own = Currency.all.filter { $0.code.hasPrefix(region) }
        let code = Currency.shared[region] ?? (own.count == 1 ? own[0].code : "")
        self.init(code: code)
    }

    /// Those of regions that have none of their own.
    private static let shared: [String: String] = {
        let euro = "AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK"
        let dollar = "AS EC FM GU MH MP PR PW SV TL VI"
        return Dictionary(
            uniqueKeysWithValues: euro.split(separator: " ").map { (String($0), "EUR") }
                + dollar.split(separator: " ").map { (String($0), "USD") } + [("LI", "CHF")])
    }()

    package static func == (left: Currency, right: Currency) -> Bool { left.code == right.code }

    package func hash(into hasher: inout Hasher) { hasher.combine(code) }

    /// What may be typed beside an amount, folded as `TypedAmount` folds it, the longest spelling first.
    var spellings: [String] { Currency.spellings[code] ?? [] }

    private static let spellings = Dictionary(
        uniqueKeysWithValues: all.map { ($0.code, $0.foldedSpellings()) })

    private func foldedSpellings() -> [String] {
        var spellings = [code, symbol]
        if symbol.hasSuffix(".") { spellings.append(String(symbol.dropLast())) }
        for (sign, wide) in [("$", "＄"), ("£", "￡"), ("¥", "￥"), ("₩", "￦")] where symbol.contains(sign) {
            spellings += [sign, wide]
        }
        if symbol == "$" { spellings += [code.prefix(1) + "$", code.prefix(2) + "$"] }
        return spellings.map(TypedAmount.folded).sorted { $0.count > $1.count }
    }

    package static let usd = Currency("USD", "$")

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

    /// Every currency in use whose minor unit has 0, 2 or 3 decimals, by code.
    package static let all: [Currency] = [
        Currency("AED", "AED"),
        Currency("AFN", "؋"),
        Currency("ALL", "L"),
        Currency("AMD", "֏"),
        Currency("AOA", "Kz"),
        Currency("ARS", "$"),
        Currency("AUD", "$"),
        Currency("AWG", "ƒ"),
        Currency("AZN", "₼"),
        Currency("BAM", "KM"),
        Currency("BBD", "$"),
        Currency("BDT", "৳"),
        Currency("BGN", "лв."),
        Currency("BHD", "BD", decimals: 3),
        Currency("BIF", "FBu", decimals: 0),
        Currency("BMD", "$"),
        Currency("BND", "$"),
        Currency("BOB", "Bs"),
        Currency("BRL", "R$"),
        Currency("BSD", "$"),
        Currency("BTN", "Nu."),
        Currency("BWP", "P"),
        Currency("BYN", "Br"),
        Currency("BZD", "$"),
        Currency("CAD", "$"),
        Currency("CDF", "FC"),
        Currency("CHF", "CHF"),
        Currency("CLP", "$", decimals: 0),
        Currency("CNY", "¥"),
        Currency("COP", "$"),
        Currency("CRC", "₡"),
        Currency("CUP", "$"),
        Currency("CVE", "CVE"),
        Currency("CZK", "Kč"),
        Currency("DJF", "Fdj", decimals: 0),
        Currency("DKK", "kr."),
        Currency("DOP", "$"),
        Currency("DZD", "DA"),
        Currency("EGP", "E£"),
        Currency("ERN", "Nfk"),
        Currency("ETB", "Br"),
        Currency("EUR", "€"),
        Currency("FJD", "$"),
        Currency("FKP", "£"),
        Currency("GBP", "£"),
        Currency("GEL", "₾"),
        Currency("GHS", "GH₵"),
        Currency("GIP", "£"),
        Currency("GMD", "D"),
        Currency("GNF", "FG", decimals: 0),
        Currency("GTQ", "Q"),
        Currency("GYD", "$"),
        Currency("HKD", "HK$"),
        Currency("HNL", "L"),
        Currency("HTG", "G"),
        Currency("HUF", "Ft"),
        Currency("IDR", "Rp"),
        Currency("ILS", "₪"),
        Currency("INR", "₹"),
        Currency("IQD", "IQD", decimals: 3),
        Currency("IRR", "IRR"),
        Currency("ISK", "kr.", decimals: 0),
        Currency("JMD", "$"),
        Currency("JOD", "JD", decimals: 3),
        Currency("JPY", "¥", decimals: 0),
        Currency("KES", "KSh"),
        Currency("KGS", "som"),
        Currency("KHR", "៛"),
        Currency("KMF", "CF", decimals: 0),
        Currency("KPW", "₩"),
        Currency("KRW", "₩", decimals: 0),
        Currency("KWD", "KD", decimals: 3),
        Currency("KYD", "$"),
        Currency("KZT", "₸"),
        Currency("LAK", "₭"),
        Currency("LBP", "L£"),
        Currency("LKR", "Rs"),
        Currency("LRD", "$"),
        Currency("LSL", "L"),
        Currency("LYD", "LD", decimals: 3),
        Currency("MAD", "DH"),
        Currency("MDL", "L"),
        Currency("MGA", "Ar"),
        Currency("MKD", "den"),
        Currency("MMK", "K"),
        Currency("MNT", "₮"),
        Currency("MOP", "MOP$"),
        Currency("MRU", "UM"),
        Currency("MUR", "Rs"),
        Currency("MVR", "Rf"),
        Currency("MWK", "K"),
        Currency("MXN", "$"),
        Currency("MYR", "RM"),
        Currency("MZN", "MT"),
        Currency("NAD", "$"),
        Currency("NGN", "₦"),
        Currency("NIO", "C$"),
        Currency("NOK", "kr"),
        Currency("NPR", "Rs"),
        Currency("NZD", "$"),
        Currency("OMR", "OMR", decimals: 3),
        Currency("PAB", "B/."),
        Currency("PEN", "S/"),
        Currency("PGK", "K"),
        Currency("PHP", "₱"),
        Currency("PKR", "Rs"),
        Currency("PLN", "zł"),
        Currency("PYG", "₲", decimals: 0),
        Currency("QAR", "QR"),
        Currency("RON", "lei"),
        Currency("RSD", "RSD"),
        Currency("RUB", "₽"),
        Currency("RWF", "FRw", decimals: 0),
        Currency("SAR", "SR"),
        Currency("SBD", "$"),
        Currency("SCR", "Rs"),
        Currency("SDG", "SDG"),
        Currency("SEK", "kr"),
        Currency("SGD", "$"),
        Currency("SHP", "£"),
        Currency("SLE", "Le"),
        Currency("SOS", "Sh"),
        Currency("SRD", "$"),
        Currency("SSP", "£"),
        Currency("STN", "Db"),
        Currency("SVC", "₡"),
        Currency("SYP", "£S"),
        Currency("SZL", "E"),
        Currency("THB", "฿"),
        Currency("TJS", "SM"),
        Currency("TMT", "m"),
        Currency("TND", "DT", decimals: 3),
        Currency("TOP", "T$"),
        Currency("TRY", "₺"),
        Currency("TTD", "$"),
        Currency("TWD", "NT$"),
        Currency("TZS", "TSh"),
        Currency("UAH", "₴"),
        Currency("UGX", "USh", decimals: 0),
        Currency("USD", "$"),
        Currency("UYU", "$"),
        Currency("UZS", "soʻm"),
        Currency("VED", "Bs.D"),
        Currency("VES", "Bs."),
        Currency("VND", "₫", decimals: 0),
        Currency("VUV", "VT", decimals: 0),
        Currency("WST", "T"),
        Currency("XAF", "FCFA", decimals: 0),
        Currency("XCD", "$"),
        Currency("XCG", "Cg"),
        Currency("XOF", "CFA", decimals: 0),
        Currency("XPF", "F", decimals: 0),
        Currency("YER", "YER"),
        Currency("ZAR", "R"),
        Currency("ZMW", "K"),
        Currency("ZWG", "ZiG"),
    ]
}

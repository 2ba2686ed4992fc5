/// A currency of ISO 4217, with the number of decimals that its minor unit has.
package struct Currency: Hashable, Sendable {
    /// Three capital letters.
    package let code: String
    /// What stands beside an amount on a page: a sign where there is a usual one, else the code.
    package let symbol: String
    /// In English: "Euro".
    package let name: String
    /// 0, 2 or 3.
    package let decimals: Int
    /// Whether the symbol is a sign such as `$`, which stands close to the figures, and not letters.
    let symbolIsSign: Bool

    private init(_ code: String, _ symbol: String, _ name: String, decimals: Int = 2) {
        self.code = code
        self.symbol = symbol
        self.name = name
        self.decimals = decimals
        symbolIsSign = symbol.unicodeScalars.last?.properties.generalCategory == .currencySymbol
    }

    /// The currency with this code, in capitals; nil where there is none.
    package init?(code: String) {
        guard let currency = Currency.byCode[code] else { return nil }
        self = currency
    }

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

    package static let usd = Currency("USD", "$", "US dollar")

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

    /// Every currency in use whose minor unit has 0, 2 or 3 decimals, by code.
    package static let all: [Currency] = [
        Currency("AED", "AED", "UAE dirham"),
        Currency("AFN", "؋", "Afghan afghani"),
        Currency("ALL", "L", "Albanian lek"),
        Currency("AMD", "֏", "Armenian dram"),
        Currency("AOA", "Kz", "Angolan kwanza"),
        Currency("ARS", "$", "Argentine peso"),
        Currency("AUD", "$", "Australian dollar"),
        Currency("AWG", "ƒ", "Aruban florin"),
        Currency("AZN", "₼", "Azerbaijani manat"),
        Currency("BAM", "KM", "Bosnian convertible mark"),
        Currency("BBD", "$", "Barbadian dollar"),
        Currency("BDT", "৳", "Bangladeshi taka"),
        Currency("BGN", "лв.", "Bulgarian lev"),
        Currency("BHD", "BD", "Bahraini dinar", decimals: 3),
        Currency("BIF", "FBu", "Burundian franc", decimals: 0),
        Currency("BMD", "$", "Bermudian dollar"),
        Currency("BND", "$", "Brunei dollar"),
        Currency("BOB", "Bs", "Bolivian boliviano"),
        Currency("BRL", "R$", "Brazilian real"),
        Currency("BSD", "$", "Bahamian dollar"),
        Currency("BTN", "Nu.", "Bhutanese ngultrum"),
        Currency("BWP", "P", "Botswana pula"),
        Currency("BYN", "Br", "Belarusian rouble"),
        Currency("BZD", "$", "Belize dollar"),
        Currency("CAD", "$", "Canadian dollar"),
        Currency("CDF", "FC", "Congolese franc"),
        Currency("CHF", "CHF", "Swiss franc"),
        Currency("CLP", "$", "Chilean peso", decimals: 0),
        Currency("CNY", "¥", "Chinese yuan"),
        Currency("COP", "$", "Colombian peso"),
        Currency("CRC", "₡", "Costa Rican colón"),
        Currency("CUP", "$", "Cuban peso"),
        Currency("CVE", "CVE", "Cape Verdean escudo"),
        Currency("CZK", "Kč", "Czech koruna"),
        Currency("DJF", "Fdj", "Djiboutian franc", decimals: 0),
        Currency("DKK", "kr.", "Danish krone"),
        Currency("DOP", "$", "Dominican peso"),
        Currency("DZD", "DA", "Algerian dinar"),
        Currency("EGP", "E£", "Egyptian pound"),
        Currency("ERN", "Nfk", "Eritrean nakfa"),
        Currency("ETB", "Br", "Ethiopian birr"),
        Currency("EUR", "€", "Euro"),
        Currency("FJD", "$", "Fiji dollar"),
        Currency("FKP", "£", "Falkland Islands pound"),
        Currency("GBP", "£", "Pound sterling"),
        Currency("GEL", "₾", "Georgian lari"),
        Currency("GHS", "GH₵", "Ghanaian cedi"),
        Currency("GIP", "£", "Gibraltar pound"),
        Currency("GMD", "D", "Gambian dalasi"),
        Currency("GNF", "FG", "Guinean franc", decimals: 0),
        Currency("GTQ", "Q", "Guatemalan quetzal"),
        Currency("GYD", "$", "Guyanese dollar"),
        Currency("HKD", "HK$", "Hong Kong dollar"),
        Currency("HNL", "L", "Honduran lempira"),
        Currency("HTG", "G", "Haitian gourde"),
        Currency("HUF", "Ft", "Hungarian forint"),
        Currency("IDR", "Rp", "Indonesian rupiah"),
        Currency("ILS", "₪", "Israeli shekel"),
        Currency("INR", "₹", "Indian rupee"),
        Currency("IQD", "IQD", "Iraqi dinar", decimals: 3),
        Currency("IRR", "IRR", "Iranian rial"),
        Currency("ISK", "kr.", "Icelandic króna", decimals: 0),
        Currency("JMD", "$", "Jamaican dollar"),
        Currency("JOD", "JD", "Jordanian dinar", decimals: 3),
        Currency("JPY", "¥", "Japanese yen", decimals: 0),
        Currency("KES", "KSh", "Kenyan shilling"),
        Currency("KGS", "som", "Kyrgyzstani som"),
        Currency("KHR", "៛", "Cambodian riel"),
        Currency("KMF", "CF", "Comorian franc", decimals: 0),
        Currency("KPW", "₩", "North Korean won"),
        Currency("KRW", "₩", "South Korean won", decimals: 0),
        Currency("KWD", "KD", "Kuwaiti dinar", decimals: 3),
        Currency("KYD", "$", "Cayman Islands dollar"),
        Currency("KZT", "₸", "Kazakhstani tenge"),
        Currency("LAK", "₭", "Lao kip"),
        Currency("LBP", "L£", "Lebanese pound"),
        Currency("LKR", "Rs", "Sri Lankan rupee"),
        Currency("LRD", "$", "Liberian dollar"),
        Currency("LSL", "L", "Lesotho loti"),
        Currency("LYD", "LD", "Libyan dinar", decimals: 3),
        Currency("MAD", "DH", "Moroccan dirham"),
        Currency("MDL", "L", "Moldovan leu"),
        Currency("MGA", "Ar", "Malagasy ariary"),
        Currency("MKD", "den", "Macedonian denar"),
        Currency("MMK", "K", "Myanmar kyat"),
        Currency("MNT", "₮", "Mongolian tögrög"),
        Currency("MOP", "MOP$", "Macanese pataca"),
        Currency("MRU", "UM", "Mauritanian ouguiya"),
        Currency("MUR", "Rs", "Mauritian rupee"),
        Currency("MVR", "Rf", "Maldivian rufiyaa"),
        Currency("MWK", "K", "Malawian kwacha"),
        Currency("MXN", "$", "Mexican peso"),
        Currency("MYR", "RM", "Malaysian ringgit"),
        Currency("MZN", "MT", "Mozambican metical"),
        Currency("NAD", "$", "Namibian dollar"),
        Currency("NGN", "₦", "Nigerian naira"),
        Currency("NIO", "C$", "Nicaraguan córdoba"),
        Currency("NOK", "kr", "Norwegian krone"),
        Currency("NPR", "Rs", "Nepalese rupee"),
        Currency("NZD", "$", "New Zealand dollar"),
        Currency("OMR", "OMR", "Omani rial", decimals: 3),
        Currency("PAB", "B/.", "Panamanian balboa"),
        Currency("PEN", "S/", "Peruvian sol"),
        Currency("PGK", "K", "Papua New Guinean kina"),
        Currency("PHP", "₱", "Philippine peso"),
        Currency("PKR", "Rs", "Pakistani rupee"),
        Currency("PLN", "zł", "Polish złoty"),
        Currency("PYG", "₲", "Paraguayan guaraní", decimals: 0),
        Currency("QAR", "QR", "Qatari riyal"),
        Currency("RON", "lei", "Romanian leu"),
        Currency("RSD", "RSD", "Serbian dinar"),
        Currency("RUB", "₽", "Russian rouble"),
        Currency("RWF", "FRw", "Rwandan franc", decimals: 0),
        Currency("SAR", "SR", "Saudi riyal"),
        Currency("SBD", "$", "Solomon Islands dollar"),
        Currency("SCR", "Rs", "Seychellois rupee"),
        Currency("SDG", "SDG", "Sudanese pound"),
        Currency("SEK", "kr", "Swedish krona"),
        Currency("SGD", "$", "Singapore dollar"),
        Currency("SHP", "£", "Saint Helena pound"),
        Currency("SLE", "Le", "Sierra Leonean leone"),
        Currency("SOS", "Sh", "Somali shilling"),
        Currency("SRD", "$", "Surinamese dollar"),
        Currency("SSP", "£", "South Sudanese pound"),
        Currency("STN", "Db", "São Tomé and Príncipe dobra"),
        Currency("SVC", "₡", "Salvadoran colón"),
        Currency("SYP", "£S", "Syrian pound"),
        Currency("SZL", "E", "Swazi lilangeni"),
        Currency("THB", "฿", "Thai baht"),
        Currency("TJS", "SM", "Tajikistani somoni"),
        Currency("TMT", "m", "Turkmenistan manat"),
        Currency("TND", "DT", "Tunisian dinar", decimals: 3),
        Currency("TOP", "T$", "Tongan paʻanga"),
        Currency("TRY", "₺", "Turkish lira"),
        Currency("TTD", "$", "Trinidad and Tobago dollar"),
        Currency("TWD", "NT$", "New Taiwan dollar"),
        Currency("TZS", "TSh", "Tanzanian shilling"),
        Currency("UAH", "₴", "Ukrainian hryvnia"),
        Currency("UGX", "USh", "Ugandan shilling", decimals: 0),
        Currency("USD", "$", "US dollar"),
        Currency("UYU", "$", "Uruguayan peso"),
        Currency("UZS", "soʻm", "Uzbekistani som"),
        Currency("VED", "Bs.D", "Venezuelan digital bolívar"),
        Currency("VES", "Bs.", "Venezuelan bolívar"),
        Currency("VND", "₫", "Vietnamese đồng", decimals: 0),
        Currency("VUV", "VT", "Vanuatu vatu", decimals: 0),
        Currency("WST", "T", "Samoan tālā"),
        Currency("XAF", "FCFA", "Central African CFA franc", decimals: 0),
        Currency("XCD", "$", "East Caribbean dollar"),
        Currency("XCG", "Cg", "Caribbean guilder"),
        Currency("XOF", "CFA", "West African CFA franc", decimals: 0),
        Currency("XPF", "F", "CFP franc", decimals: 0),
        Currency("YER", "YER", "Yemeni rial"),
        Currency("ZAR", "R", "South African rand"),
        Currency("ZMW", "K", "Zambian kwacha"),
        Currency("ZWG", "ZiG", "Zimbabwe gold"),
    ]
}

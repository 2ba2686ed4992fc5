import Expenses
import Testing

/// Three layouts for each kind of file that was once read wrongly, written down before any of them was tried.
@Suite struct UntunedLayoutsTests {
    struct Layout: CustomTestStringConvertible, Sendable {
        let kind: String
        let currency: String
        let file: String
        /// "day minor units kind text", the text as a part of the description, in the order of the file.
        let rows: [String]
        /// Lines that must be listed with a reason.
        var leftOut: [Int] = []
        var question: ImportQuestion?
        var encoding = TextEncoding.utf8

        var testDescription: String { "\(kind): \(file.prefix(40))" }
    }

    @Test(arguments: layouts)
    func `a layout is read as it was meant`(layout: Layout) throws {
        var preferences = Preferences()
        preferences.currency = try #require(Currency(code: layout.currency))
        let reading = try ImportReading(of: Self.bytes(layout), preferences)
        #expect(reading.questions == [layout.question].compactMap(\.self))
        #expect(Set(reading.leftOut.map(\.line)).isSuperset(of: layout.leftOut))
        let read = reading.rows.map { "\($0.day) \($0.amount.minorUnits) \($0.kind) \($0.description)" }
        #expect(read.count == layout.rows.count, "\(read) \(reading.leftOut)")
        for (read, expected) in zip(read, layout.rows) {
            let parts = expected.split(separator: " ", maxSplits: 3).map { String($0) }
            #expect(
                read.hasPrefix(parts[..<3].joined(separator: " ") + " ") && read.contains(parts[3]),
                "\(expected)")
        }
    }

    private static func bytes(_ layout: Layout) -> [UInt8] {
        guard layout.encoding != .utf8 else { return Array(layout.file.utf8) }
        // The bytes that the program itself reads as these characters.
        var bytes: [String: UInt8] = [:]
        for byte in 0...255 as ClosedRange<UInt8> {
            bytes[String(decoding: layout.encoding.decoded([byte]), as: UTF8.self)] = byte
        }
        return layout.file.unicodeScalars.map { bytes[String($0)] ?? UInt8(ascii: "?") }
    }

    @Test(arguments: [
        ("PK\u{3}\u{4}\u{14}\u{0}mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "workbook"),
        ("%PDF-1.7 %âãÏÓ", "pdf"), ("<HTML><BODY><TABLE><TR><TD>Date</TD></TR></TABLE>", "webPage"),
    ])
    func `what is no text is named`(start: String, kind: String) throws {
        let file = try #require(ForeignFile(start.unicodeScalars.map { UInt8($0.value) }))
        #expect("\(file)" == kind)
    }

    static let layouts: [Layout] =
        directions + numbers + marks + pairs + categories + currencies + statuses + sums + lines + texts
        + encodings
        + dates + kinds

    private static let directions = [
        Layout(
            kind: "direction", currency: "DKK",
            file: """
                Bogføringsdato;Modtager;Beløb;Retning
                05.03.2026;Havnens Bageri;45,00;Ud
                06.03.2026;Eksempel ApS;21.500,00;Ind
                09.03.2026;Bytoget;28,00;Ud
                """,
            rows: [
                "2026-03-05 4500 spending Havnens Bageri", "2026-03-06 -2150000 moneyIn Eksempel ApS",
                "2026-03-09 2800 spending Bytoget",
            ]),
        Layout(
            kind: "direction", currency: "EUR",
            file: """
                Data,Descrizione,Dare/Avere,Importo
                05/03/2026,Panificio Esempio,D,"3,20"
                16/03/2026,Affitto Marzo,D,"1.068,13"
                27/03/2026,Stipendio Esempio Srl,A,"2.150,00"
                """,
            rows: [
                "2026-03-05 320 spending Panificio", "2026-03-16 106813 spending Affitto",
                "2026-03-27 -215000 moneyIn Stipendio",
            ]),
        Layout(
            kind: "direction", currency: "USD",
            file: """
                Transaction Type|Posted|Merchant|Amount (USD)
                Purchase|2026-03-05|Corner Bakery|8.90
                Return|2026-03-07|Shoe Town|59.95
                Purchase|2026-03-06|Hat House|20.00
                """,
            rows: [
                "2026-03-05 890 spending Corner Bakery", "2026-03-07 -5995 refund Shoe Town",
                "2026-03-06 2000 spending Hat House",
            ]),
    ]

    private static let numbers = [
        Layout(
            kind: "another number", currency: "SEK",
            file: """
                Rad,Clearing,Konto,Datum,Referens,Belopp,Saldo
                1,81059,9041234567,2026-03-30,Skomakaren,-120.50,4879.50
                2,81059,9041234567,2026-03-27,Exempel AB lön,21500.00,5000.00
                3,81059,9041234567,2026-03-16,Hyra,-9068.13,-16500.00
                """,
            rows: [
                "2026-03-30 12050 spending Skomakaren", "2026-03-27 -2150000 moneyIn Exempel",
                "2026-03-16 906813 spending Hyra",
            ]),
        Layout(
            kind: "another number", currency: "PLN",
            file: """
                20260330;20260331;000123;-8,90;991,10;Piekarnia Przy Porcie
                20260327;20260327;000122;-64,00;1000,00;Energia Przykład
                20260316;20260316;000121;-1068,13;1064,00;Czynsz
                """,
            rows: [
                "2026-03-30 890 spending Piekarnia", "2026-03-27 6400 spending Energia",
                "2026-03-16 106813 spending Czynsz",
            ]),
        Layout(
            kind: "another number", currency: "AUD",
            file: """
                Cheque Number,Date,Narrative,Value,Running Total,BSB
                ,05/03/2026,TRAM,-2.80,97.20,062000
                ,16/03/2026,RENT,-50.00,47.20,062000
                000104,17/03/2026,PLUMBER,-40.00,7.20,062000
                """,
            rows: [
                "2026-03-05 280 spending TRAM", "2026-03-16 5000 spending RENT",
                "2026-03-17 4000 spending PLUMBER",
            ]),
        Layout(
            kind: "more cells", currency: "GBP",
            file: """
                Date,Paid to,Amount
                30/03/2026,Harbour Bakery,-8.90
                16/03/2026,Orchard Lettings,-1,068.13
                05/03/2026,Sample Energy,-64.00
                """,
            rows: ["2026-03-30 890 spending Harbour", "2026-03-05 6400 spending Sample"], leftOut: [3]),
        Layout(
            kind: "more cells", currency: "EUR",
            file: """
                Datum;Omschrijving;Bedrag
                30-03-2026;Bakker; De Brug;-8,90
                16-03-2026;Huur;-1068,13
                15-03-2026;Tram;-2,80
                """,
            rows: ["2026-03-16 106813 spending Huur", "2026-03-15 280 spending Tram"], leftOut: [2]),
        Layout(
            kind: "more cells", currency: "USD",
            file: """
                when\tamount\tcategory\twhat
                2026-03-05\t8.90\tFood\tBakery
                2026-03-06\t9.10\tFood\tBakery\twith a tab
                2026-03-16\t1068.13\tHome\tRent
                """,
            rows: ["2026-03-05 890 spending Bakery", "2026-03-16 106813 spending Rent"], leftOut: [3]),
    ]

    private static let marks = [
        Layout(
            kind: "three digits", currency: "EUR",
            file: """
                Fecha;Concepto;Importe
                16/03/2026;Alquiler;-1.068
                15/03/2026;Panadería;-9
                14/03/2026;Muebles;-2.500
                """,
            rows: [
                "2026-03-16 106800 spending Alquiler", "2026-03-15 900 spending Panadería",
                "2026-03-14 250000 spending Muebles",
            ]),
        Layout(
            kind: "three digits", currency: "EUR",
            file: "Date;Libellé;Montant\n16/03/2026;Loyer;-1,068\n15/03/2026;Canapé;-2,500\n",
            rows: ["2026-03-16 106800 spending Loyer", "2026-03-15 250000 spending Canapé"],
            question: .decimalMark),
        Layout(
            kind: "three digits", currency: "JPY",
            file: "日付,内容,金額\n2026/03/16,家賃,\"-98,500\"\n2026/03/15,パン,-490\n",
            rows: ["2026-03-16 98500 spending 家賃", "2026-03-15 490 spending パン"]),
        Layout(
            kind: "dash for cents", currency: "CHF",
            file:
                "Datum;Text;Betrag\n16.03.2026;Miete;CHF 1'068.-\n15.03.2026;Brot;CHF 3.20\n14.03.2026;Möbel;CHF 250.--\n",
            rows: [
                "2026-03-16 106800 spending Miete", "2026-03-15 320 spending Brot",
                "2026-03-14 25000 spending Möbel",
            ]),
        Layout(
            kind: "dash for cents", currency: "NOK",
            file:
                "Dato;Beskrivelse;Ut;Inn\n16.03.2026;Husleie;9.068,-;\n27.03.2026;Lønn;;21.500,-\n28.03.2026;Brød;45,50;\n",
            rows: [
                "2026-03-16 906800 spending Husleie", "2026-03-27 -2150000 moneyIn Lønn",
                "2026-03-28 4550 spending Brød",
            ]),
        Layout(
            kind: "dash for cents", currency: "EUR",
            file:
                "Datum;Omschrijving;Bedrag\n16-03-2026;Huur;-1.068,--\n15-03-2026;Brood;-3,20\n27-03-2026;Salaris;2.150,--\n",
            rows: [
                "2026-03-16 106800 spending Huur", "2026-03-15 320 spending Brood",
                "2026-03-27 -215000 moneyIn Salaris",
            ]),
    ]

    private static let pairs = [
        Layout(
            kind: "refund as a minus", currency: "CAD",
            file:
                "Date,Transaction,Debit,Credit\n2026-03-05,SHOE SHOP,60.00,\n2026-03-06,SHOE SHOP,-60.00,\n2026-03-16,RENT,900.00,\n2026-03-27,PAYROLL,,2150.00\n",
            rows: [
                "2026-03-05 6000 spending SHOE", "2026-03-06 -6000 refund SHOE",
                "2026-03-16 90000 spending RENT",
                "2026-03-27 -215000 moneyIn PAYROLL",
            ]),
        Layout(
            kind: "refund as a minus", currency: "EUR",
            file:
                "Typ;Datum;Notiz;Betrag\nAusgabe;05.03.2026;Schuhe;60,00\nAusgabe;06.03.2026;Schuhe zurück;-60,00\nEinnahme;27.03.2026;Gehalt;2150,00\n",
            rows: [
                "2026-03-05 6000 spending Schuhe", "2026-03-06 -6000 refund Schuhe",
                "2026-03-27 -215000 moneyIn Gehalt",
            ]),
        Layout(
            kind: "refund as a minus", currency: "GBP",
            file:
                "Date,Who,Money Out,Money In\n05/03/2026,Shop A,£12.00,£0.00\n13/03/2026,Shop A,-£4.00,£0.00\n14/03/2026,Shop B,£3.00,£0.00\n27/03/2026,Wages,£0.00,£900.00\n",
            rows: [
                "2026-03-05 1200 spending Shop A", "2026-03-13 -400 refund Shop A",
                "2026-03-14 300 spending Shop B", "2026-03-27 -90000 moneyIn Wages",
            ]),
        Layout(
            kind: "pair", currency: "HUF",
            file:
                "Dátum;Közlemény;Terhelés;Jóváírás\n2026.03.05.;Pékség;1 250;n/a\n2026.03.27.;Munkabér;n/a;450 000\n2026.03.28.;Villamos;450;n/a\n",
            rows: [
                "2026-03-05 125000 spending Pékség", "2026-03-27 -45000000 moneyIn Munkabér",
                "2026-03-28 45000 spending Villamos",
            ]),
        Layout(
            kind: "pair", currency: "EUR",
            file:
                "Pvm;Saaja;Menot;Tulot\n5.3.2026;Satamaleipomo;8,90;-\n27.3.2026;Palkka Esimerkki Oy;-;2150,00\n28.3.2026;Raitiovaunu;2,80;-\n",
            rows: [
                "2026-03-05 890 spending Satama", "2026-03-27 -215000 moneyIn Palkka",
                "2026-03-28 280 spending Raitio",
            ]),
        Layout(
            kind: "pair", currency: "USD",
            file:
                "Date,Blorp,Fnar,Text\n2026-03-05,$8.90,$0.00,Bakery\n2026-03-06,$0.00,\"$2,150.00\",Salary\n2026-03-07,$2.80,$0.00,Tram\n",
            rows: [
                "2026-03-05 890 spending Bakery", "2026-03-06 -215000 moneyIn Salary",
                "2026-03-07 280 spending Tram",
            ]),
    ]

    private static let categories = [
        Layout(
            kind: "headings like ours", currency: "USD",
            file:
                "Date,Amount,Category,Description\n2026-03-05,-8.90,Food,Bakery\n2026-03-16,-900.00,Home,Rent\n2026-03-27,2150.00,Income,Salary\n",
            rows: [
                "2026-03-05 890 spending Bakery", "2026-03-16 90000 spending Rent",
                "2026-03-27 -215000 moneyIn Salary",
            ]),
        Layout(
            kind: "headings like ours", currency: "EUR",
            file:
                "DATE;AMOUNT;CATEGORY;DESCRIPTION\n05.03.2026;-8,90;Food;Bakery\n06.03.2026;-2,80;Travel;Tram\n27.03.2026;-900,00;Home;Rent\n",
            rows: [
                "2026-03-05 890 spending Bakery", "2026-03-06 280 spending Tram",
                "2026-03-27 90000 spending Rent",
            ]),
        Layout(
            kind: "headings like ours", currency: "USD",
            file:
                "date,amount,category,description,tags\n2026-03-05,-8.90,Food,Bakery,a\n2026-03-06,-2.80,Travel,Tram,b\n2026-03-27,1500.00,Work,Paycheck,c\n",
            rows: [
                "2026-03-05 890 spending Bakery", "2026-03-06 280 spending Tram",
                "2026-03-27 -150000 moneyIn Paycheck",
            ]),
    ]

    private static let currencies = [
        Layout(
            kind: "currency", currency: "EUR",
            file:
                "Completed,Description,Amount,Fee,Currency\n2026-03-05,Cloud Host,-9.00,1.00,USD\n2026-03-06,Bakery,-3.00,0.00,EUR\n2026-03-07,Cash Machine,-50.00,2.50,EUR\n",
            rows: [
                "2026-03-05 1000 otherCurrency Cloud Host", "2026-03-06 300 spending Bakery",
                "2026-03-07 5250 spending Cash Machine",
            ]),
        Layout(
            kind: "currency", currency: "CHF",
            file:
                "Datum;Beschreibung;Originalbetrag;Originalwährung;Belastung CHF\n05.03.2026;Buchladen;20,00;EUR;19,40\n06.03.2026;Bäckerei;3,20;CHF;3,20\n07.03.2026;Hotel;200,00;GBP;224,10\n",
            rows: [
                "2026-03-05 1940 spending Buchladen", "2026-03-06 320 spending Bäckerei",
                "2026-03-07 22410 spending Hotel",
            ]),
        Layout(
            kind: "currency", currency: "SEK",
            file: "Kontovaluta;EUR\n\nDatum;Text;Belopp\n2026-03-05;Bageri;-8,90\n2026-03-06;Tåg;-12,00\n",
            rows: ["2026-03-05 890 otherCurrency Bageri", "2026-03-06 1200 otherCurrency Tåg"]),
    ]

    private static let statuses = [
        Layout(
            kind: "status", currency: "EUR",
            file:
                "Date;Marchand;Montant;Statut\n05/03/2026;Boulangerie;-8,90;Validé\n13/03/2026;Hôtel;-300,00;Annulé\n16/03/2026;Loyer;-900,00;Validé\n",
            rows: [
                "2026-03-05 890 spending Boulangerie", "2026-03-13 30000 notBooked Hôtel",
                "2026-03-16 90000 spending Loyer",
            ]),
        Layout(
            kind: "status", currency: "TRY",
            file:
                "Tarih;Açıklama;Tutar;Durum\n05.03.2026;Fırın;-89,00;Tamamlandı\n06.03.2026;Otel;-3.000,00;Bekliyor\n07.03.2026;Tramvay;-28,00;Tamamlandı\n",
            rows: [
                "2026-03-05 8900 spending Fırın", "2026-03-06 300000 notBooked Otel",
                "2026-03-07 2800 spending Tramvay",
            ]),
        Layout(
            kind: "status", currency: "USD",
            file:
                "Transaction State,Created,Counterparty,USD\nFAILED,2026-03-05 10:00,Bike Shop,-80.00\nSETTLED,2026-03-05 10:05,Bike Shop,-80.00\nSETTLED,2026-03-06 09:00,Bakery,-3.00\n",
            rows: [
                "2026-03-05 8000 notBooked Bike Shop", "2026-03-05 8000 spending Bike Shop",
                "2026-03-06 300 spending Bakery",
            ]),
    ]

    private static let sums = [
        Layout(
            kind: "sums", currency: "CZK",
            file:
                "Datum;Popis;Částka\n01.03.2026;Počáteční zůstatek;10 000,00\n05.03.2026;Pekárna;-89,00\n16.03.2026;Nájem;-9 000,00\n31.03.2026;Konečný zůstatek;911,00\n",
            rows: [
                "2026-03-01 -1000000 balance zůstatek", "2026-03-05 8900 spending Pekárna",
                "2026-03-16 900000 spending Nájem", "2026-03-31 -91100 balance zůstatek",
            ]),
        Layout(
            kind: "sums", currency: "EUR",
            file:
                "Date,Description,Amount\n05/03/2026,TOTAL,-50.00\n16/03/2026,Rent,-900.00\n27/03/2026,Salary,2150.00\n",
            rows: [
                "2026-03-05 5000 spending TOTAL", "2026-03-16 90000 spending Rent",
                "2026-03-27 -215000 moneyIn Salary",
            ]),
        Layout(
            kind: "sums", currency: "GBP",
            file:
                "Date,Details,Spent\n05/03/2026,Bakery,8.90\n16/03/2026,Rent,900.00\n31/03/2026,Total,908.90\n",
            rows: [
                "2026-03-05 890 spending Bakery", "2026-03-16 90000 spending Rent",
                "2026-03-31 90890 balance Total",
            ]),
    ]

    private static let lines = [
        Layout(
            kind: "lines around", currency: "EUR",
            file:
                "Kontoauszug März 2026\nInhaber: Kim Muster\n\nTag;Wofür;Wieviel\n05.03.2026;Bäckerei;-8,90\n\n16.03.2026;Miete;-900,00\n\nErstellt am 31.03.2026\n",
            rows: ["2026-03-05 890 spending Bäckerei", "2026-03-16 90000 spending Miete"], leftOut: [9]),
        Layout(
            kind: "lines around", currency: "BRL",
            file:
                "Extrato de conta;;;\nPeríodo;01/03/2026;31/03/2026;\nData;Lançamento;Valor;Saldo\n05/03/2026;Padaria;-8,90;991,10\n16/03/2026;Aluguel;-900,00;91,10\nTotal;;-908,90;\n",
            rows: ["2026-03-05 890 spending Padaria", "2026-03-16 90000 spending Aluguel"], leftOut: [6]),
        Layout(
            kind: "lines around", currency: "USD",
            file:
                "Account Summary as of 03/31/2026\nqix,zed,wug\n03/05/2026,-8.90,\"Bakery, corner\"\n03/16/2026,-900.00,Rent\n",
            rows: ["2026-03-05 890 spending Bakery, corner", "2026-03-16 90000 spending Rent"]),
    ]

    private static let texts = [
        Layout(
            kind: "description", currency: "EUR",
            file:
                "Boekdatum;Valutadatum;IBAN tegenpartij;Tegenpartij;Vrije mededeling;Bedrag\n05/03/2026;06/03/2026;BE68539007547034;Bakkerij De Brug;brood;-8,90\n16/03/2026;17/03/2026;;;Kosten   rekening;-2,00\n17/03/2026;18/03/2026;BE68539007547034;Verhuurder;huur;-900,00\n",
            rows: [
                "2026-03-05 890 spending Bakkerij De Brug", "2026-03-16 200 spending Kosten rekening",
                "2026-03-17 90000 spending Verhuurder",
            ]),
        Layout(
            kind: "description", currency: "RON",
            file:
                "Data;Suma;Beneficiar;Detalii;Sold\n05.03.2026;-8,90;Brutaria Port;plata card XXXX1234;991,10\n16.03.2026;-900,00;Chirie Exemplu;chirie;91,10\n",
            rows: ["2026-03-05 890 spending Brutaria Port", "2026-03-16 90000 spending Chirie Exemplu"]),
        Layout(
            kind: "description", currency: "USD",
            file:
                "Account,Post Date,Memo,Amount\n****1234,03/05/2026,CORNER BAKERY TERMINAL 00471123,-8.90\n****1234,03/16/2026,ORCHARD   LETTINGS,-900.00\n",
            rows: ["2026-03-05 890 spending CORNER BAKERY", "2026-03-16 90000 spending ORCHARD LETTINGS"]),
    ]

    private static let encodings = [
        Layout(
            kind: "encoding", currency: "PLN",
            file:
                "Data;Odbiorca;Kwota\n2026-03-05;Piekarnia Łódź żytnia;-8,90\n2026-03-16;Księgarnia Śląsk;-59,95\n",
            rows: [
                "2026-03-05 890 spending Piekarnia Łódź żytnia", "2026-03-16 5995 spending Księgarnia Śląsk",
            ],
            encoding: .windows1250),
        Layout(
            kind: "encoding", currency: "RUB",
            file:
                "Дата;Описание;Сумма\n05.03.2026;Булочная у порта;-89,00\n16.03.2026;Аренда квартиры;-9000,00\n",
            rows: ["2026-03-05 8900 spending Булочная у порта", "2026-03-16 900000 spending Аренда"],
            encoding: .windows1251),
        Layout(
            kind: "encoding", currency: "TRY",
            file:
                "Tarih;Açıklama;Tutar\n05.03.2026;Köşe Fırını Şişli;-89,00\n16.03.2026;Kira Beyoğlu;-9000,00\n",
            rows: ["2026-03-05 8900 spending Köşe Fırını Şişli", "2026-03-16 900000 spending Kira Beyoğlu"],
            encoding: .windows1254),
    ]

    private static let dates = [
        Layout(
            kind: "dates", currency: "USD",
            file:
                "Date,Description,Amount\n\"Thursday, March 5, 2026\",Bakery,-8.90\n\"Monday, March 16, 2026\",Rent,-900.00\n",
            rows: ["2026-03-05 890 spending Bakery", "2026-03-16 90000 spending Rent"]),
        Layout(
            kind: "dates", currency: "KRW",
            file: "거래일,내용,금액\n26-03-05,빵집,-8900\n26-03-16,월세,-900000\n26-03-17,전철,-2800\n",
            rows: [
                "2026-03-05 8900 spending 빵집", "2026-03-16 900000 spending 월세", "2026-03-17 2800 spending 전철",
            ]),
        Layout(
            kind: "dates", currency: "EUR",
            file:
                "Data;Descrizione;Importo\n5 marzo 2026;Panificio;-8,90\n16 marzo 2026;Affitto;-900,00\n1 aprile 2026;Tram;-2,80\n",
            rows: [
                "2026-03-05 890 spending Panificio", "2026-03-16 90000 spending Affitto",
                "2026-04-01 280 spending Tram",
            ]),
    ]

    private static let kinds = [
        Layout(
            kind: "transfer", currency: "EUR",
            file:
                "Art;Datum;Empfänger;Betrag\nÜberweisung;16.03.2026;Hausverwaltung;-900,00\nKartenzahlung;05.03.2026;Bäckerei;-8,90\nUmbuchung eigenes Konto;04.03.2026;Kim Muster;-100,00\n",
            rows: [
                "2026-03-16 90000 spending Hausverwaltung", "2026-03-05 890 spending Bäckerei",
                "2026-03-04 10000 ownTransfer Kim Muster",
            ]),
        Layout(
            kind: "transfer", currency: "GBP",
            file:
                "Date,Type,Name,Amount\n16/03/2026,Transfer,Orchard Lettings,-900.00\n15/03/2026,Card payment,Bakery,-8.90\n27/03/2026,Faster payment,Salary Example,2150.00\n",
            rows: [
                "2026-03-16 90000 spending Orchard", "2026-03-15 890 spending Bakery",
                "2026-03-27 -215000 moneyIn Salary",
            ]),
        Layout(
            kind: "transfer", currency: "EUR",
            file:
                "Fecha,Tipo,Concepto,Importe\n16/03/2026,Transferencia,Alquiler,-900.00\n15/03/2026,Compra,Panadería,-8.90\n27/03/2026,Transferencia,Nómina,2150.00\n",
            rows: [
                "2026-03-16 90000 spending Alquiler", "2026-03-15 890 spending Panadería",
                "2026-03-27 -215000 moneyIn Nómina",
            ]),
        Layout(
            kind: "equal", currency: "EUR",
            file: "Datum;Text;Betrag\n05.03.2026;Tram;-2,80\n05.03.2026;Tram;-2,80\n06.03.2026;Kiosk;-3,00\n",
            rows: [
                "2026-03-05 280 spending Tram", "2026-03-05 280 spending Tram",
                "2026-03-06 300 spending Kiosk",
            ]),
        Layout(
            kind: "equal", currency: "USD",
            file:
                "date,amount,category,description\n2026-03-05,2.80,Travel,Tram\n2026-03-05,2.80,Travel,Tram\n",
            rows: ["2026-03-05 280 spending Tram", "2026-03-05 280 spending Tram"]),
        Layout(
            kind: "equal", currency: "JPY",
            file: "日付\t内容\t出金\t入金\n2026年3月5日\t電車\t280\t\n2026年3月5日\t電車\t280\t\n2026年3月25日\t給与\t\t215000\n",
            rows: [
                "2026-03-05 280 spending 電車", "2026-03-05 280 spending 電車", "2026-03-25 -215000 moneyIn 給与",
            ]),
        Layout(
            kind: "money in", currency: "EUR",
            file:
                "Data;Entidade;Descrição;Montante\n05/03/2026;Padaria;pão;-8,90\n27/03/2026;Exemplo Lda;ordenado;2150,00\n28/03/2026;Sapataria;devolução;59,95\n",
            rows: [
                "2026-03-05 890 spending Padaria", "2026-03-27 -215000 moneyIn Exemplo Lda",
                "2026-03-28 -5995 refund Sapataria",
            ]),
        Layout(
            kind: "money in", currency: "USD",
            file:
                "Posting Date,Card No.,Description,Amount\n03/15/2026,1234,SHOE TOWN,59.95\n03/20/2026,1234,AUTOPAY PAYMENT THANK YOU,-500.00\n03/22/2026,1234,HAT HOUSE,-20.00\n03/23/2026,1234,BAKERY,8.90\n",
            rows: [
                "2026-03-15 5995 spending SHOE", "2026-03-20 -50000 ownTransfer AUTOPAY",
                "2026-03-22 -2000 refund HAT", "2026-03-23 890 spending BAKERY",
            ]),
        Layout(
            kind: "money in", currency: "EUR",
            file:
                "Datum;Naam;Mededeling;Bedrag\n30-03-2026;Belastingdienst;toeslag maart;120,00\n29-03-2026;Schoenen BV;retour;60,00\n28-03-2026;Schoenen BV;bestelling;-60,00\n27-03-2026;Robin;;20,00\n",
            rows: [
                "2026-03-30 -12000 moneyIn Belastingdienst", "2026-03-29 -6000 refund Schoenen",
                "2026-03-28 6000 spending Schoenen", "2026-03-27 -2000 moneyIn Robin",
            ]),
    ]
}

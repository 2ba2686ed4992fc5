/// What a column of a file may hold.
enum ColumnRole: CaseIterable, Sendable {
    case date
    /// A day that counts for interest and not for the booking.
    case valueDate
    case amount
    /// Says that an amount is not the one booked, but the one before it was converted.
    case original
    case moneyOut
    case moneyIn
    case direction
    case currency
    case fee
    case status
    case balance
    case payee
    case purpose
    case kind
    case category
    case subcategory
    /// What no expense takes anything from: accounts, cards, numbers, addresses, rates.
    case other

    /// How well a heading names it: 0 for not at all, 10 for nothing but its name.
    func weight(of heading: [String]) -> Int {
        // "After fees" is no column of fees.
        if self == .fee, heading.contains(where: ColumnRole.without.has) { return 0 }
        // "Dare/Avere" names both ways.
        if self == .direction, ColumnRole.bothWays(heading) != nil { return 10 }
        let telling = heading.filter { !ColumnRole.filler.has($0) && Currency(code: $0.uppercased()) == nil }
        let named = words.count(in: heading)
        guard named > 0 else { return 0 }
        return 4 + 6 * min(named, max(telling.count, 1)) / max(telling.count, 1)
    }

    /// The words for money out and money in, in a heading of nothing else.
    static func bothWays(_ heading: [String]) -> (out: String, into: String)? {
        guard heading.count == 2 else { return nil }
        return [(out: heading[0], into: heading[1]), (out: heading[1], into: heading[0])].first { out, into in
            outflows.has(out) && inflows.has(into) && !inflows.has(out) && !outflows.has(into)
        }
    }

    private static let without = Vocabulary(
        "after before without excl* incl* nach vor ohne inkl* exkl* apres avant hors sans sin dopo")
    /// Words that tell nothing about a column.
    private static let filler = Vocabulary(
        """
        transaction* transak* operation* operac* operaz* of the in de der la le du di da do des l von vom zur
        posted booking booked account_s fields euro euros total amt nature for des za o z w na
        """)

    private var words: Vocabulary {
        switch self {
        case .date: ColumnRole.dates
        case .valueDate: ColumnRole.valueDates
        case .amount: ColumnRole.amounts
        case .original: ColumnRole.originals
        case .moneyOut: ColumnRole.outflows
        case .moneyIn: ColumnRole.inflows
        case .direction: ColumnRole.directions
        case .currency: ColumnRole.currencies
        case .fee: ColumnRole.fees
        case .status: ColumnRole.statuses
        case .balance: ColumnRole.balances
        case .payee: ColumnRole.payees
        case .purpose: ColumnRole.purposes
        case .kind: ColumnRole.kinds
        case .category: ColumnRole.categories
        case .subcategory: ColumnRole.subcategories
        case .other: ColumnRole.others
        }
    }

    private static let dates = Vocabulary(
        """
        date* dat datum* *datum dato* *dato data dati fecha* fech *stag *ztag tag *dag dag day time when paiva* *paiva
        *paivamaara pvm kuupaev* datums tarih* tarihi дата* дати ημερομηνια* ημ tanggal giorno jour dia den termin
        buchung wertstellung valuta* *valuta bokford bogfort bokfort 日期 日付 取引日 利用日 时间 時間 年月日 날짜 거래일 일자 일시
        """)
    private static let valueDates = Vocabulary(
        "valuta* *valuta value val wert* valeur valor rente* effective settle* arvo* valutas waluty 起息 valutadat*"
    )
    private static let amounts = Vocabulary(
        """
        amount* amt betrag* *betrag umsatz* umsatze montant* importe* import importo* bedrag* belop* belob* beloeb* summa*
        summe* sum sums suma* somme* kwota* castka* ciastka* objem* osszeg* maara* iznos* znesek* valor* value* monto*
        cost* price* preis* prix total* tutar* сумма* сума* ποσο* jumlah nominal vrijednost* vrednost* brutto gross net
        netto spent paid quantia importul cuantia ammontare 金额 金額 入出金 お支払金額 利用金額 금액
        """)
    private static let originals = Vocabulary(
        """
        original* orig foreign* local* fremd* ursprung* ausland* origen origine purchase instructed exchange* obca obcej
        ulkomaan utlandsk* vreemde cizi mena_obchodu операции originel* einzel* reward* cashback* bonus* tax* vat mwst
        steuer* limit* 外币 現地 外貨
        """)
    private static let outflows = Vocabulary(
        """
        debit* debet* debe dare soll* belast* *belastung lastschrift* ausgang* ausgabe* outflow* withdraw* withdrawal* expense* spent
        out money_out paid_out funds_out charge* depense* sortie* cargo* cargos addebit* uscit* saida* gasto* retiro* egreso*
        af uit* utgift* utgaende uttag ut udgift* ud hevet obciaz* wydat* vydaj* vydej* odchoz* terheles* kiadas*
        cheltuiel* borc* gider* расход* списан* витрат* видат* χρεωση* χρεωσεις pengeluaran keluar isplat* rashod* odliv*
        tasutud islaidos izejos 支出 出金 借方 支払い お引出し 引出 출금 지출
        """)
    private static let inflows = Vocabulary(
        """
        credit* kredit* haben gutschrift* eingang* einnahm* income* inflow* deposit* receiv* revenue* in money_in paid_in
        funds_in recette* entree* abono* ingreso* haber avere accredit* entrat* credito* entrada* bij inkomst* insatt*
        inkommande indbetal* innbetal* ind inn uznan* wplyw* prijem* prichoz* prijmy jovairas* bevetel* incasar* alacak*
        gelir* приход* зачислен* поступлен* надходж* зарахув* πιστωση* pemasukan masuk uplat* prihod* priliv* laekunud
        pajamos ienemumi 收入 入金 貸方 お預入れ 預入 預かり 입금 수입
        """)
    private static let directions = Vocabulary(
        """
        direction sign indicator vorzeichen sens richtung soll_haben debit_credit credit_debit af_bij dr_cr cr_dr d_c c_d
        d_k h_s s_h db_cr crdr dc cd bewegungsart znak smer 收/支 收支 借贷 입출금 income
        """)
    private static let currencies = Vocabulary(
        """
        currency* ccy curr wahrung* *wahrung waehrung* *waehrung devise* divisa* moneda* moeda* valuta* *valuta munt muntsoort mena* waluta*
        waluty penznem* deviza* devizanem* valuut* valiuta para_birimi doviz* валют* νομισμα* mata_uang 币种 通貨 통화
        """)
    private static let fees = Vocabulary(
        """
        fee* fees gebuhr* gebuehr* commission* comision* comissao* commissi* frais provize* poplat* provizi* prowizj*
        oplat* avgift* gebyr* dij dija jutalek spesen entgelt* комисс* комісі* προμηθ* taksi teenustasu 手续费 手数料 수수료
        """)
    private static let statuses = Vocabulary(
        """
        status* state* zustand* stato estado* etat statut* stan tila состояние статус* стан cleared reconciled pending
        durum* κατασταση 状态 状態 상태
        """)
    private static let balances = Vocabulary(
        """
        balance* bal saldo* *saldo solde* kontostand* guthaben running egyenleg* zustatek* zostatok* sald* bakiye*
        остаток* остатък* баланс* залишок* υπολοιπ* stanje* jaak likutis atlikums po_transakcji 余额 残高 잔액
        """)
    private static let payees = Vocabulary(
        """
        payee* merchant* name* naam* nom nome nombre navn namn nimi nazwa nazev nazov nev neve beneficiar* beneficiai* empfanger*
        empfaenger* *empfanger zahlungspflicht* zahlungsbeteilig* zahlungspartner begunstigt* beguenstigt* auftraggeber*
        partner* *partner counterparty* counterpart* counter_party party tegenpartij* contrapart* contropart* kontrahent* odbiorc* nadawc*
        zleceniodawc* recipient* sender* payer* saaja* maksaja* mottagare* avsandare* modtager* mottaker* afsender*
        destinatario* destinataire* tiers protistran* protiuct* prijemce* prijemca* kedvezmenyezett* vendor* shop store
        supplier who title* получател* контрагент* отправител* торгов* отримувач* δικαιουχ* alici* gonderen* ordonator*
        sanemej* maksataj* gavej* moketoj* primatelj* platitelj* prejemnik* placnik* handler* haendler* saaja_maksaja
        estabelecimento* entidad* comercio* esercente 对方 商户 户名 取引先 支払先 店名 利用店 利用先 거래처 가맹점 받는
        """)
    private static let purposes = Vocabulary(
        """
        description* descripti* memo* note* notes detail* reference* narrat* particular* text* *text verwendungszweck*
        *zweck zweck* buchungsinfo* buchungsdetail* info* vorgang* label label_s designation libelle* motif* objet* concept* descri* causale* dettagl*
        omschrijving* mededeling* communicatie bericht kommentar* comment* beskriv* meddel* melding* rubrik* forklar*
        specifikation selite* selitys* viesti* tytul* opis* popis* poznam* zprava* sprava* kozlemeny* megjegyz* leiras*
        detali* explicat* aciklama* описани* назначени* основани* коммент* призначен* опис* περιγραφ* αιτιολογ*
        keterangan uraian selgitus* paskirtis informacij* item what subject betreff lancamento* historico* movimento*
        movimiento* purpose* message* mensagem mensaje remark* mitteilung* wording intitule label_operation referens*
        transaktion transaction transactie transazione 摘要 备注 商品 说明 内容 明細 メモ 적요 내용 비고
        """)
    private static let kinds = Vocabulary(
        """
        type* typ vorgang kind art *art buchungsart umsatzart tipo* soort* *soort* laji* rodzaj* druh* tipus* tur turu typ* тип*
        вид* ειδος code buchungstext sposob* transaktionstyp* channel 类型 种类 種類 区分 구분 분류
        """)
    private static let categories = Vocabulary(
        "categor* kategor* *kategorie cathegor* kategori* категор* κατηγορ* luokka rubriek envelope klasse 分类 类别 類別 カテゴリ 费目 카테고리"
    )
    private static let subcategories = Vocabulary("sub* unter* sous* sotto* подкатегор* under*")
    private static let others = Vocabulary(
        """
        account* konto* *konto kontonr compte* cuenta* conta conto rekening* *rekening iban* bic swift* tili* ucet* uctu
        szamla* hesap* счет* счета рахун* card* kart* karta kaart* carte* tarjeta* holder* inhaber* kontoinhaber owner bank*
        blz filial* branch* number* nummer* *nummer nr no num* numero* cislo ident* id* uuid code mcc zip plz address*
        adress* indirizzo* direccion* adres city ort* town place* land country* pays miasto telefon* phone* email* mail* url*
        rate* kurs* wechselkurs* exchange* tax* vat receipt emoji icon color* attachment* check cheque mandat* glaubiger*
        kundenref* symbol vs ks ss bonus* cashback* reward* provedl trace pocket account_name kontoname timezone zeitzone
        folio sequence statement afschrift* 账户 账号 卡号 单号 订单 口座 계좌 카드 番号
        """)
}

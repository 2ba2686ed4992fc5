/// Words by which a booking says what it is.
enum BookingWords {
    /// Money in that is earned or granted.
    static let income = Vocabulary(
        """
        income salary salaries payroll wage wages pension* interest dividend* paycheck stipend benefit benefits
        tax_refund cash_deposit direct_deposit topup top_up gehalt* lohn* *lohn besoldung bezuge rente zinsen zinsgutschrift
        dividende einkommen einkunfte einnahme einnahmen kindergeld steuererstattung finanzamt salaire* paie revenu revenus
        interets retraite allocation* stipendio stipendi pensione interessi reddito entrate nomina sueldo salario* ingresos
        intereses rendimento* rendimentos provento* salarios ordenado vencimento salaris* loon pensioen rente_ontvangen inkomen
        inkomsten kinderbijslag toeslag lon lonn lonutbetalning loneutbetaling inkomst ranta rente_af pensjon palkka* elake
        korko tulot wynagrodzeni* pensja premia emerytura odsetki przychod* mzda plat vyplata duchod uroky prijmy munkaber*
        ber fizetes nyugdij kamat jovedelem bevetel salariu* pensie dobanda venituri alga palk pensija atlyginimas
        darba_alga maas* emekli faiz gelir placa mirovina kamate zarada* plata_za isplata_plate зарплат* заработн* аванс пенси* процент* дивиденд*
        доход* заплата лихва зарплатн* відсотк* μισθ* μισθοδοσια συνταξη τοκοι 給与 給料 賞与 利息 年金 工资 薪资 奖金 养老金 급여
        월급 이자 연금 gaji bunga
        """)

    /// Spending that comes back.
    static let refund = Vocabulary(
        """
        refund* reversal reversed return returns returned chargeback rebate cancel* retour retoure erstattung* *erstattung
        ruckerstattung* ruckzahlung* ruckbuchung* ruckvergut* rueckzahlung* rueckerstattung* erstattet storno* storniert*
        stornierung gutschrift_aus remboursement* rembt rembourse avoir annulation rimborso rimborsi storni reso reembols*
        devoluc* devuelt* estorn* devoluca* terugbetaling* terugboeking* restitutie aterbetal* aterforing retur* refusion
        tilbagebetal* tilbakebetal* tilbageforsel palautus* hyvitys zwrot* zwrocon* vraceni* vratk* refundac* visszaterit*
        sztorno visszavet* iade* возврат* поверненн* сторно* връщан* επιστροφ* returnare* rambursare* povrat* tagastus*
        tagasimakse atmaks* grazinim* 退款 退货 返金 返品 払戻 取消 환불 취소 pengembalian
        """)

    /// What is said of spending, on statements of every kind.
    static let paid = Vocabulary(
        """
        purchase* pos sent card_payment paid_to kartenzahlung* kauf einkauf* gesendet lastschrift* basislastschrift
        dauerauftrag* kaartbetaling* betaalautomaat domiciliering verzonden achat* prelevement* envoye* pagamento_pos
        acquisto inviato compra compras debito enviad* boleto pagada kortkop kop varekjop kortkob dankort korttiosto osto zakup*
        platnosc_karta wyslan* nakup* platba_kartou odeslan* vasarlas* harcama alisveris odendi cumparare pirkums
        pirkinys покупк* отправлен* купівл* αγορα* 消费 支付给 利用
        """)
    /// What is said of money in, on statements of every kind.
    static let received = Vocabulary(
        """
        received erhalten eingegangen ontvangen recu recue ricevut* recibid* recebid* mottagen mottatt modtaget
        saapunut otrzyman* przychodzac* prijat* prichozi erkezett gelen primit* saņemts gautas получен* поступлен*
        отриман* 收到 入金
        """)

    /// Between accounts of one's own.
    static let ownTransfer = Vocabulary(
        """
        own_account own_accounts own_transfer internal_transfer between_accounts transfer_to_savings transfer_from_savings
        to_savings from_savings account_transfer self_transfer umbuchung* eigenubertrag eigenuberweisung eigene_konten
        eigenes_konto ubertrag_eigenes kontoubertrag virement_interne entre_comptes entre_vos_comptes giroconto
        trasferimento_interno traspaso traspaso_interno cuenta_propia cuentas_propias eigen_rekening eigen_rekeningen
        spaarrekening overboeking_eigen egen_overforing mellan_egna egna_konton eget_konto egne_konti oma_tilisiirto
        wlasny przelew_wlasny wlasne przelew_wewnetrzny vlastni_ucet vlastnimi_ucty mezi_vlastnimi sajat_szamla между_своими
        между_счетами 不计收支 不计入收支 自己転送
        """)

    /// What trackers call a movement between accounts.
    static let transferKind = Vocabulary(
        """
        transfer transfers umbuchung transferencia transferts virement_interne trasferimento overboeking overforing transfer_in
        transfer_out transfers_in transfers_out perevod перевод переказ transferir 转账 振替 이체
        """)

    /// The payment of a card's bill, on the card's statement.
    static let cardPayment = Vocabulary(
        """
        payment payments pymt pmt paymt autopay thank_you direct_debit ihre_zahlung zahlung* zahlungseingang einzug
        lastschrift* uberweisung* ausgleich saldoausgleich paiement* votre_paiement virement prelevement pago* su_pago
        abono_en pagamento* ricevuto recebido betaling* ontvangen inbetalning* innbetaling* indbetaling* betalning suoritus
        maksusuoritus splata* wplata platba uhrada befizetes* torlesztes odeme* оплата погашен* пополнен* εξοφλ* πληρωμ*
        お支払 入金 还款 결제
        """)

    /// What is said of it on no other statement.
    static let billPaid = Vocabulary(
        """
        payment_received thank_you autopay ihre_zahlung zahlung_erhalten votre_paiement su_pago pago_recibido gracias
        pagamento_recebido obrigado pagamento_ricevuto grazie betaling_ontvangen tack takk tak_for bedankt dziekujemy
        """)

    /// What stands in place of a booking: a balance, a turnover, a sum. All its words are of these.
    static let balance = Vocabulary(
        """
        opening closing beginning starting ending final initial previous available current ledger running brought carried
        forward balance balances total totals subtotal grand sum turnover credits debits saldo salden saldos *saldo anfang*
        endsaldo schluss* summe summen gesamt* kontostand umsatzsumme ubertrag zwischensumme solde total* totaux initial
        finale iniziale saldi totale totali inicial anterior disponible disponivel actual atual del periodo begin* eind* start*
        slut* ingaende utgaende ingoing sluttsaldo belob alku* loppu* poczatkow* koncow* bilans suma razem poczateczny
        pocatecni konecny konecn* zustatek celkem soucet nyito zaro egyenleg osszesen forgalom apgrozijums sakuma beigu
        atlikums kaive algsaldo loppsaldo pradinis galutinis likutis apyvarta soldul остаток* входящий исходящий итого баланс
        оборот* всего залишок υπολοιπο συνολο bakiye toplam devir devreden account new_account 残高 繰越 合計 合计 总计 余额 결산
        합계 잔액 이월
        """)
    /// One of these has to be among them.
    static let balanceNoun = Vocabulary(
        """
        balance balances total totals subtotal sum turnover saldo salden saldos *saldo kontostand summe summen umsatzsumme
        zwischensumme gesamtsumme ubertrag solde total* totaux saldi totale bilans suma razem zustatek celkem soucet egyenleg
        osszesen forgalom apgrozijums atlikums likutis apyvarta soldul остаток* итого баланс оборот* залишок υπολοιπο συνολο
        bakiye toplam devir 残高 繰越 合計 合计 总计 余额 결산 합계 잔액 이월
        """)
    /// What may stand beside those words.
    static let balanceFiller = Vocabulary(
        "as of on at to the from for by vom zum am per bis der des an au le la de du il al em en op den da do na ke dne k a i and und on_date eur usd gbp chf period statement account accounts bank"
    )

    static let notBooked = Vocabulary(
        """
        pending reverted reversed declined failed cancelled canceled cancel* rejected refused expired voided void uncleared
        unsettled reserved authorised_only authorization hold held processing in_progress scheduled planned unpaid error
        vorgemerkt* vormerk* ausstehend* offen* fehlgeschlag* storniert* abgelehnt* abgebrochen ruckgangig reserviert*
        en_attente attente a_venir refuse* annule* echoue* in_attesa sospes* annullat* rifiutat* contabilizzare pendiente*
        rechazad* cancelad* anulad* fallid* retenid* pendente* recusad* falhou em_aberto in_behandeling gereserveerd
        geweigerd geannuleerd mislukt reserver* vantande avbrut* nekad* prelimin* afvist* annuller* avvist* ventende
        varaus katevaraus hylatty peruttu oczekuj* odrzucon* anulowan* niezaksiegowan* blokada zamitnut* zrusen* cekaj*
        nezauctovan* fuggo* elutasit* torolt* sikertelen zarolt* bekle* bekli* reddedil* iptal in_asteptare respins* anulat*
        ootel broneering noraidit* laukiama failed_transaction отклон* отмен* ожид* ошибк* неусп* холд в_обработк* εκκρεμ*
        ακυρ* απορριφθ* 关闭 失败 处理中 待付款 已取消 冲正 已关闭 未確定 取消 保留 승인취소 대기
        """)

    /// What trackers call spending.
    static let expenseKind = Vocabulary(
        "expense expenses ausgabe ausgaben depense gasto spesa despesa uitgave utgift wydatek vydaj")

    /// Statuses of what has happened, though a word of the list above may be in them.
    static let booked = Vocabulary(
        """
        completed complete booked posted settled cleared reconciled ok success* successful done approved paid executed final*
        abgeschlossen* gebucht* verbucht* bezahlt erledigt comptabilise* effectue* termine* contabilizzat* eseguit*
        completad* contabilizad* realizad* liquidad* efetuad* conclu* verwerkt geboekt voltooid bokford* genomford* bogfort
        bokfort gennemfort toteutunut kirjattu zaksiegowan* zrealizowan* rozliczon* zauctovan* proveden* konyvelt
        teljesult sikeres tamamland* gerceklesti finalizat* выполнен* исполнен* проведен* успешн* виконан* ολοκληρ* 成功 完成
        已收 已支付 確定 완료
        """)

    static let card = Vocabulary(
        """
        card *card creditcard credit_card visa mastercard amex kreditkarte* *kreditkarte karte* carte* tarjeta* cartao* carta
        creditcard* kreditkort* kort luottokortti karta* kartya* kart карта кредитка 信用卡 カード 카드
        """)
}

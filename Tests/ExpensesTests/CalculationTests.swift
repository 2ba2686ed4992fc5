import Expenses
import Testing

struct CalculationTests {
    private static func amount(_ typed: String, _ preferences: Preferences = Preferences()) throws -> Int64 {
        try EnteredAmount(typed, preferences).amount.minorUnits
    }

    @Test(arguments: [
        ("12.50+3.20", 1570, "12.50 + 3.20"), ("3*4,50", 1350, "3 × 4.50"), ("100/3", 3333, "100 ÷ 3"),
        ("(8+4)/2", 600, "(8 + 4) ÷ 2"), ("2×3", 600, "2 × 3"), ("7÷2=", 350, "7 ÷ 2"),
        ("12.50=", 1250, "12.50"), (" 20 − 5 ", 1500, "20 − 5"), ("5-8", -300, "5 − 8"),
        ("-5*2", -1000, "−5 × 2"), ("4*-2.5", -1000, "4 × −2.5"), ("-(1+2)", -300, "−(1 + 2)"),
        ("$12.50 + 3 USD", 1550, "12.50 + 3"), ("1.234,50+1", 123_550, "1,234.50 + 1"),
        ("1 000*2", 200_000, "1,000 × 2"), ("2+3*4", 1400, "2 + 3 × 4"), ("10-2-3", 500, "10 − 2 − 3"),
        ("100/10/5", 200, "100 ÷ 10 ÷ 5"), ("19.99*0.075", 150, "19.99 × 0.075"),
        // Rounded once, a half away from zero.
        ("1/3*3", 100, "1 ÷ 3 × 3"), ("0.005*1", 1, "0.005 × 1"), ("-0.005*1", -1, "−0.005 × 1"),
        ("0.333333*3", 100, "0.333333 × 3"), ("（1＋2）×3＝", 900, "(1 + 2) × 3"),
        ("((((((((((5))))))))))", 500, "((((((((((5))))))))))"),
        ("999999999.98+0.01", 99_999_999_999, "999,999,999.98 + 0.01"), ("٣+٤", 700, "3 + 4"),
    ])
    func `what can be calculated is, exactly, and is told as it was understood`(
        typed: String, amount: Int64, text: String
    ) throws {
        let entered = try EnteredAmount(typed, Preferences())
        #expect(entered.amount.minorUnits == amount)
        #expect(entered.reading == .calculated(text))
    }

    /// Made with Python's fractions.
    private static let random: [(typed: String, amount: Int64)] = [
        ("(0.494-4.6)*(77.9238+4.77)/(7/87.8049-4.74*486)", 15),
        ("20813.7068+86386.98+288.35-(607.17+9.7-(2975.54-3668.3))", 10_617_941),
        ("46-0.246-(573.73-191.37)+52274.64", 5_193_803),
        ("88444.54-(2662.54-1899.16-(661-733.72))", 8_760_844),
        ("579.39*761.4373+9333.17+3-2860.34", 44_764_499),
        ("16.32+4.68-91.58+6598.9", 652832),
        ("35800.60+88266.04/(2+81647.13)", 3_580_168),
        ("337.90/6876.5149/((0.224-2.30)/(2-3969.0))", 9390),
        ("0.511/8.3676+89.95/0.063+(72.74-48571.8431)*1.82*4634.28", -40_905_890_296),
        ("5.6570/47.48*(8025+6.84)*(47.8*929.95+4189.7)", 4_654_743_773),
        ("(0.150+7.7+0.730)*7.7534/4238.029", 2),
        ("139*5.4", 75060),
        ("43.75*(9-5596.585)*(0.446+1.9855)", -59_439_682),
        ("856.3277*(78.43-79434.36)*3.8", -25_822_778_787),
        ("0.461*(0.383+72440.57-411.59)", 3_320_554),
        ("57518.6*3999.97-(89.18-(3.62+2.33))", 23_007_259_121),
        ("0.765/(0.725*115.0*9.52/13.97)", 1),
        ("0.685*92708.30-(50+93000.46)*17492.67/480.14", -332_654_978),
        ("(35305.68+32726.2)/(5182.8752*0.967)*65.32", 88667),
        ("(5917.43*29-37.2*19435.6)*0.302", -16_652_245),
        ("(4.4*6.3+1)*(1356.06/21.30-(320.6-5579.44))", 15_286_234),
        ("73/651.7500", 11),
        ("0.956-4+5.53*(4025.3300-437.39)", 1_983_826),
        ("966.52-202.9615+1388*3.66-978.8809", 486476),
        ("979.45+38153.73-3192.40+4339.434", 4_028_021),
        ("(869.9034+381.59)/(0.706-(141-486.41))", 362),
        ("24.6428*4353.4/83989.4351*(1.90+911.7+79045.476/90)", 228878),
        ("7.1684*978.13*43.9*27+60705.4548-996.68-85.9714*588", 832_003_918),
        ("1838.22-1163.59-(2152.3724-4436.05)-3.26*0.834*53.60*0.584", 287320),
        ("83069.58-55938.1280-(0.922+1326.302)+933.99-12493.7202-967", 1_327_750),
        ("79.94*9691*8.58*(7+68688.61)/556", 82_124_779_795),
        ("52382/9939.8833+4912.21-966.2-(9034.22/13571.44+0.690-324.5)", 427442),
        ("(57.89+48884.72/7079.669)*(53.1752+43)*(61.83-6)", 34_791_395),
        ("858.30/(78.10-20947.86)*7.81", -32),
        ("96-0.410-(9.05-0.110)-9185.67", -909902),
        ("0.489*43706.88-14.8101*7085.594-79.11*40.0214*620.2", -204_717_654),
        ("(531.2+53926.83)/(9943.50/9.6702)/(7008.5-9102.196)", -3),
        ("74347.51+38.12-42+61770/16121", 7_434_746),
        ("595.4-52373.9341", -5_177_853),
        ("4663.7481*759.6-6.07-41642.74", 350_093_425),
        ("4803*0.059-(76.4288-62409)-(678-2847.15)", 6_478_510),
        ("43226.69/13022.812*5.94", 1972),
        ("21385.0-(7412.97-(4778.0396+70.86))", 1_882_093),
        ("(987.82-(857.49+8.64))/(5.44+9864+1.87/92964.6285)", 1),
        ("(6920.134/0.768-(439.19-0.070))/(44360.60+461.05+21.20+2.6)", 19),
        ("(64551.56-832.6+6.9768)*(3871.8569+93.20+759.76)", 30_109_338_316),
        ("2-79981.45+90.6207-40.32-8.77", -7_993_792),
        ("949.33*(87.4+13826.706)+0.503+4405.2518+495.2/8.46", 1_321_354_254),
        ("(95.22*21.44+72446)*(272.92*0.077-(7259.41-2583.6137))", -34_672_311_220),
        ("325.78-1.7+91.1-68879.5-0.683/963.69", -6_846_432),
        ("952.99/773.71*(48-6.9276)*(8304+363.6+61268.59)", 353_803_548),
        ("2.44/(80.37*32.73)+98773.85-55.2+64.12/0.765", 9_880_247),
        ("9.03*(4347.36+5616.2)-(632-0.433)*(451-5)", -19_170_794),
        ("(5+98759.232+66529.4)*0.250*287.11", 1_186_436_367),
        ("7946.302+18.22+63*608.65-(20.6512-8573.51-(20251-7345.65))", 6_776_768),
        ("14642.1/(0.164-4.4698)-(377.2211+561.2437/334.8)", -377945),
        ("7218.62/82.8835+6.5593+494.3751*(0.819+18)", 939730),
        ("(76.25+80267.1/8.36)*61.73", 59_739_687),
        ("(593.6098-104.80)/(5.37/85838.8105)+55487.93*0.274*3", 785_917_752),
        ("48.2-7.24", 4096),
    ]

    @Test(arguments: random)
    func `random calculations agree with another implementation of fractions`(typed: String, amount: Int64)
        throws
    {
        #expect(try Self.amount(typed) == amount)
    }

    // With its type, an array this long is compiled in no time.
    private static let wrong: [(typed: String, error: CalculationError)] = [
        ("12+", .unfinished("+")), ("(", .unfinished("(")), ("3*-", .unfinished("−")),
        ("*5", .unexpected("*", place: 1)), ("+5", .unexpected("+", place: 1)),
        ("1++2", .unexpected("+", place: 3)), ("2(3)", .unexpected("(", place: 2)),
        ("1 + * 2", .unexpected("*", place: 5)), ("()", .unexpected(")", place: 2)),
        ("1--2-", .unfinished("-")), ("--5", .unexpected("-", place: 2)), ("1=2", .unexpected("=", place: 2)),
        ("(1+2", .unclosedBracket(place: 1)), ("1+2)", .unopenedBracket(place: 4)),
        ("5/0", .divisionByZero(place: 2)), ("5÷(2-2)", .divisionByZero(place: 2)),
        ("1.2.3+1", .number("1.2.3", place: 1)), ("1 + 12 apples", .number("12 apples", place: 5)),
        ("1+€5", .number("€5", place: 3)), ("1+1234567890123", .number("1234567890123", place: 3)),
        ("1+0.1234567", .number("0.1234567", place: 3)), ("1+12\n13", .number("12\n13", place: 3)),
        ("(((((((((((5)))))))))))", .tooManyBrackets(place: 11)),
        (String(repeating: "1+", count: 50) + "1", .tooLong),
        (String(repeating: "999999999999*", count: 4) + "1", .overflow),
        ("0.000001/" + String(repeating: "999999999999/", count: 4) + "1", .overflow),
    ]

    @Test(arguments: wrong)
    func `what cannot be calculated says what is wrong, and where`(typed: String, error: CalculationError) {
        #expect(throws: MoneyError.calculation(error)) { try Self.amount(typed) }
    }

    @Test(arguments: [
        ("5-5", MoneyError.zero), ("0.001*1", .zero), ("999999999*2", .tooLarge), ("=", .missing),
        (" = ", .missing), ("", .missing), ("-", .unreadable), ("abc", .unreadable),
    ])
    func `a result obeys the rules for amounts`(typed: String, error: MoneyError) {
        #expect(throws: error) { try Self.amount(typed) }
    }

    @Test func `each currency's decimals round the result, and its number format shows it`() throws {
        let yen = Preferences(currency: .named("JPY"), numberFormat: .pointComma)
        #expect(try Self.amount("1000/3", yen) == 333)
        #expect(try EnteredAmount("1500,50+2000", yen).reading == .calculated("1.500,50 + 2.000"))
        #expect(try Self.amount("1500,50+2000", yen) == 3501)
        #expect(try Self.amount("1/8", Preferences(currency: .named("KWD"))) == 125)
    }

    @Test func `calculating keeps the laws of arithmetic`() throws {
        var random = SeededGenerator(state: 2026)
        func figure() -> (String, Int64) {
            let units = Int64.random(in: 1...9_999_999, using: &random)
            return ("\(units / 100).\(units % 100 / 10)\(units % 10)", units)
        }
        for _ in 0..<500 {
            let ((a, one), (b, other)) = (figure(), figure())
            let count = Int64.random(in: 1...9, using: &random)
            #expect(try Self.amount("\(a)+\(b)") == one + other)
            #expect(try Self.amount("\(a)+\(b)-\(a)") == other)
            #expect(try Self.amount("\(count)*(\(a)+\(b))") == count * (one + other))
            #expect(try Self.amount("\(a)*\(count)") == one * count)
            // Nothing is rounded on the way.
            #expect(try Self.amount("\(a)/\(b)*\(b)") == one)
            #expect(try Self.amount("\(a)/7/3*21") == one)
        }
    }

    @Test(
        arguments: [
            ("12.345", NumberFormat.commaPoint, true), ("12,345", .commaPoint, false),
            ("12,345", .pointComma, true), ("12.345", .pointComma, false), ("12.345", .spaceComma, true),
            ("1.234.567", .commaPoint, false), ("1,234.50", .commaPoint, false),
            ("12.34", .pointComma, false),
            ("0.345", .indian, nil), ("1234", .commaPoint, false), ("-$12.345", .commaPoint, true),
        ] as [(String, NumberFormat, Bool?)])
    func `a mark that was taken to group is told where the account groups otherwise`(
        typed: String, format: NumberFormat, isTold: Bool?
    ) {
        let entered = try? EnteredAmount(typed, Preferences(numberFormat: format))
        #expect(entered.map { $0.reading == .grouped } == isTold)
    }

    @Test func `three decimals of a currency that has them group nothing`() throws {
        let entered = try EnteredAmount("12.345", Preferences(currency: .named("KWD")))
        #expect(entered.amount.minorUnits == 12_345 && entered.reading == nil)
    }
}

import Glibc
import QRCodes
import Testing

@Suite struct QRCodeTests {
    /// ISO/IEC 18004:2015, annex I.
    @Test func `the error correction codewords of the standard's example`() {
        let data: [UInt8] = [
            0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11,
        ]
        let expected: [UInt8] = [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55]
        #expect(ReedSolomon(count: 10).codewords(of: data) == expected)
    }

    @Test func `bytes follow their mode and count, and what is left is filled`() {
        let expected: [UInt8] = [
            0x40, 0x34, 0x14, 0x24, 0x30, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC,
        ]
        #expect(QRCode.dataCodewords(of: Array("ABC".utf8), version: 1) == expected)
        let long = QRCode.dataCodewords(of: Array(repeating: 0xFF, count: 200), version: 10)
        #expect(long.prefix(4) == [0x40, 0x0C, 0x8F, 0xFF])
        #expect(long.count == 216)
    }

    /// Table 7 of the standard: the most bytes at level M.
    static let capacities = [
        14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711,
        779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099,
        2213, 2331,
    ]

    @Test(arguments: zip(1...40, capacities))
    func `each size takes as many bytes as the standard says`(version: Int, capacity: Int) {
        let full = [UInt8](repeating: 0x41, count: capacity)
        #expect(QRCode(full, mask: 0)?.size == version * 4 + 17)
        #expect(QRCode(full + [0x41], mask: 0)?.size == (version < 40 ? version * 4 + 21 : nil))
    }

    /// ISO/IEC 18004:2015, §7.9.1: level M and mask 5 are 100000011001110.
    @Test func `the format says level and mask`() throws {
        let code = try #require(QRCode([0x41], mask: 5))
        let first = (0..<6).map { code[$0, 8] } + [code[7, 8], code[8, 8], code[8, 7]]
        let second = (0..<6).reversed().map { code[8, $0] }
        #expect((first + second).map { $0 ? "1" : "0" }.joined() == "100000011001110")
        let other =
            (1...7).map { code[8, code.size - $0] } + (1...8).reversed().map { code[code.size - $0, 8] }
        #expect(other.map { $0 ? "1" : "0" }.joined() == "100000011001110")
        #expect(code[8, code.size - 8])
    }

    /// ISO/IEC 18004:2015, §7.10: version 7 is 000111110010010100.
    @Test func `larger codes say their version`() throws {
        let code = try #require(QRCode(Array(repeating: 0x41, count: 122)))
        #expect(code.size == 45)
        let bits = (0..<18).reversed().map { code[code.size - 11 + $0 % 3, $0 / 3] ? "1" : "0" }
        #expect(bits.joined() == "000111110010010100")
        #expect((0..<18).allSatisfy { code[34 + $0 % 3, $0 / 3] == code[$0 / 3, 34 + $0 % 3] })
    }

    @Test(arguments: ["", "hello world", "Expense Tracker", String(repeating: "y", count: 100)])
    func `the mask is the one with the least trouble for readers`(text: String) throws {
        let chosen = try #require(QRCode(Array(text.utf8)))
        let codes = (0..<8).compactMap { QRCode(Array(text.utf8), mask: $0) }
        let penalties = codes.map(Self.penalty)
        #expect(Set(penalties).count > 1)
        #expect(Self.penalty(chosen) == penalties.min())
    }

    /// Table 11 of the standard, slowly.
    private static func penalty(_ code: QRCode) -> Int {
        func line(_ module: (Int) -> Bool) -> String {
            String((0..<code.size).map { module($0) ? "#" : "." })
        }
        let rows = (0..<code.size).map { y in line { code[$0, y] } }
        let lines = rows + (0..<code.size).map { x in line { code[x, $0] } }
        var penalty = 0
        for line in lines {
            for run in line.replacing("#.", with: "# .").replacing(".#", with: ". #").split(separator: " ")
            where run.count >= 5 {
                penalty += run.count - 2
            }
            let wide = "....\(line)...."
            for start in wide.indices {
                let rest = wide[start...]
                if rest.hasPrefix("....#.###.#") || rest.hasPrefix("#.###.#....") { penalty += 40 }
            }
        }
        for y in 1..<code.size {
            for x in 1..<code.size {
                let square = Set([code[x, y], code[x - 1, y], code[x, y - 1], code[x - 1, y - 1]])
                if square.count == 1 { penalty += 3 }
            }
        }
        let dark = 100 * Double(rows.joined().count { $0 == "#" }) / Double(code.size * code.size)
        return penalty + 10 * Int(abs(dark - 50) / 5)
    }

    private static let reader = "/usr/bin/zbarimg"
    /// Where it is missing the test is skipped, but not by CI.
    private static let mayRead = unsafe access(reader, X_OK) == 0 || getenv("CI") != nil

    @Test(.enabled(if: mayRead, "install zbar-tools"))
    func `a reader of another program reads every size and every mask`() throws {
        let text = "otpauth://totp/Expense%20Tracker:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&x="
        for (index, capacity) in Self.capacities.enumerated() where capacity >= text.utf8.count {
            let bytes =
                Array(text.utf8) + (text.utf8.count..<capacity).map { UInt8(65 + ($0 * 7 + index) % 26) }
            let code = try #require(QRCode(bytes, mask: index % 8))
            #expect(try Self.read(code) == String(decoding: bytes, as: UTF8.self))
        }
        for mask in 0..<8 {
            let code = try #require(QRCode(Array("mask \(mask)".utf8), mask: mask))
            #expect(try Self.read(code) == "mask \(mask)")
        }
        for length in 1...14 {
            let text = String("abcdefghijklmn".prefix(length))
            #expect(try Self.read(try #require(QRCode(Array(text.utf8)))) == text)
        }
    }

    /// What zbarimg reads from a picture of four pixels a module.
    private static func read(_ code: QRCode) throws -> String {
        let modules = code.size + 2 * QRCode.margin
        var picture = Array("P5 \(modules * 4) \(modules * 4) 255\n".utf8)
        for y in 0..<modules * 4 {
            for x in 0..<modules * 4 {
                let (column, row) = (x / 4 - QRCode.margin, y / 4 - QRCode.margin)
                let isInside = (0..<code.size).contains(column) && (0..<code.size).contains(row)
                picture.append(isInside && code[column, row] ? 0 : 255)
            }
        }
        let path = "/tmp/expense-tracker-qr-\(getpid())-\(code.size).pgm"
        let file = unsafe try #require(fopen(path, "w"))
        unsafe fwrite(picture, 1, picture.count, file)
        unsafe fclose(file)
        defer { unsafe unlink(path) }
        let pipe = unsafe try #require(
            popen("\(reader) --nodbus --quiet --raw --oneshot -Sdisable -Sqrcode.enable \(path)", "r"))
        var output = [UInt8](repeating: 0, count: 8192)
        let count = unsafe fread(&output, 1, output.count, pipe)
        unsafe pclose(pipe)
        return String(decoding: output.prefix(count), as: UTF8.self)
    }
}

/// Collects a request's body, by whichever framing it comes.
struct BodyReader {
    private enum Rest {
        case length(Int)
        case chunks(ChunkedDecoder)
    }

    private(set) var body: [UInt8] = []
    private var rest: Rest

    /// `maximumSize` is in bytes. Throws 413 at once when the length is known to be larger.
    init(framing: BodyFraming, maximumSize: Int, limits: Limits) throws(RequestError) {
        switch framing {
        case .length(let length):
            guard length <= maximumSize else {
                throw RequestError.bodyTooLarge(maximumSize)
            }
            rest = .length(length)
        case .chunked:
            rest = .chunks(ChunkedDecoder(maximumSize: maximumSize, limits: limits))
        }
    }

    var isFinished: Bool {
        switch rest {
        case .length(let length): length == 0
        case .chunks(let decoder): decoder.isFinished
        }
    }

    /// Takes out what has been collected so far.
    mutating func takePiece() -> [UInt8] {
        var piece: [UInt8] = []
        swap(&piece, &body)
        return piece
    }

    /// Takes what belongs to the body; returns how many bytes that was. The rest has to be given again, with more
    /// after it, or belongs to the next request if the body is finished.
    mutating func take(_ bytes: Span<UInt8>) throws(RequestError) -> Int {
        switch rest {
        case .length(let length):
            let count = min(length, bytes.count)
            body.append(bytes.extracting(0..<count))
            rest = .length(length - count)
            return count
        case .chunks(var decoder):
            let count = try decoder.decode(bytes, into: &body)
            rest = .chunks(decoder)
            return count
        }
    }
}

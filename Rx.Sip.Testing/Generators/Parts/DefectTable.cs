namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Everything that can be wrong with a message, one at a time, and the answers RFC 3261 §8.2, §16.3, §18.3 and §21.4 give.</summary>
internal static class DefectTable
{
    public static IReadOnlyList<Defect> All { get; } =
    [
        Any(MessageDefect.MissingVia, "There is no Via", null, draft => draft.Without("Via")),
        Any(MessageDefect.MissingFrom, "There is no From", 400, draft => draft.Without("From")),
        Any(MessageDefect.MissingTo, "There is no To", 400, draft => draft.Without("To")),
        Any(MessageDefect.MissingCallId, "There is no Call-ID", 400, draft => draft.Without("Call-ID")),
        Any(MessageDefect.MissingCSeq, "There is no CSeq", 400, draft => draft.Without("CSeq")),
        Any(MessageDefect.RepeatedFrom, "There are two From", 400, draft => draft.WithAdded("From", "<sip:eve@example.test>;tag=9")),
        Any(MessageDefect.RepeatedTo, "There are two To", 400, draft => draft.WithAdded("t", "<sip:eve@example.test>")),
        Any(MessageDefect.RepeatedCallId, "There are two Call-ID", 400, draft => draft.WithAdded("i", "another")),
        Any(MessageDefect.RepeatedCSeq, "There are two CSeq", 400, draft => draft.WithAdded("CSeq", draft.ValueOf("CSeq")!)),
        Any(MessageDefect.ViaWithoutHost, "The topmost Via has no sent-by", null, draft => draft.With("Via", "SIP/2.0/UDP ;branch=z9hG4bK1")),
        Any(MessageDefect.UnclosedQuote, "The display name of From has no closing quote", 400, draft => draft.With("From", "\"Alice <sip:alice@example.test>;tag=1")),
        Any(MessageDefect.UnclosedBracket, "The URI of To has no closing bracket", 400, draft => draft.With("To", "Bob <sip:bob@example.test;tag=1")),
        Any(MessageDefect.CSeqTooLarge, "The number of CSeq is 2^32", 400, draft => draft.With("CSeq", $"4294967296 {MethodOfCSeq(draft)}")),
        Any(MessageDefect.CSeqWithoutNumber, "CSeq has no number", 400, draft => draft.With("CSeq", MethodOfCSeq(draft))),
        Request(MessageDefect.OtherMethodInCSeq, "CSeq names another method than the request line", 400, draft => draft.With("CSeq", $"1 X{draft.Method}")),
        Request(MessageDefect.MaxForwardsNoNumber, "Max-Forwards is a word", 400, draft => draft.With("Max-Forwards", "seventy")),
        Request(MessageDefect.UnknownVersion, "The version is SIP/7.0", 505, draft => WithStart(draft, uri => uri, " SIP/7.0")),
        Request(MessageDefect.UnknownScheme, "The Request-URI has a scheme nobody knows", 416, draft => WithStart(draft, _ => "nobody-knows:this")),
        Request(MessageDefect.BracketedRequestUri, "The Request-URI stands between brackets", 400, draft => WithStart(draft, uri => $"<{uri}>")),
        Request(MessageDefect.SpaceInRequestUri, "The Request-URI holds a space", 400, draft => WithStart(draft, _ => "sip:bob@example.test; lr")),
        Request(MessageDefect.BrokenEscape, "The Request-URI holds a per cent sign without two digits", 400, draft => WithStart(draft, _ => "sip:%zz@example.test")),
        Request(MessageDefect.PortTooLarge, "The port of the Request-URI is above 65535", 400, draft => WithStart(draft, _ => "sip:bob@example.test:65536")),
        Request(MessageDefect.SpaceBehindRequestLine, "White space stands behind the version of the request line", 400, draft => WithStart(draft, uri => uri, " SIP/2.0 ")),
        Any(MessageDefect.LineWithoutColon, "A header line has no colon", 400, draft => WithLine(draft, "This is no header")),
        Any(MessageDefect.SpaceInHeaderName, "The name of a header holds a space", 400, draft => WithLine(draft, "X Y: z")),
        Any(MessageDefect.NulInValue, "A value holds NUL", 400, draft => WithLine(draft, "X-Nul: a\0b")),
        Any(MessageDefect.LoneCarriageReturn, "A value holds CR without LF", 400, draft => WithLine(draft, "X-Return: a\rb")),
        Spoiled(MessageDefect.UnfinishedHeaders, "The empty line behind the headers is missing", 400, draft => draft.WithBody("").ToString()[..^2]),
        Any(MessageDefect.NegativeContentLength, "Content-Length is negative", 400, draft => draft.With("Content-Length", "-1")),
        Any(MessageDefect.ContradictoryContentLength, "Two Content-Length say different things", 400, draft => draft.WithAdded("l", Words.Plain(draft.Body.Length + 1))),
        Any(MessageDefect.TruncatedBody, "Content-Length is larger than the body", 400, draft => draft.With("Content-Length", Words.Plain(draft.Body.Length + 1))),
        Response(MessageDefect.StatusCodeTooLarge, "The status code is 700", draft => draft with { StartLine = "SIP/2.0 700 Beyond" }),
        Response(MessageDefect.StatusCodeTooLong, "The status code has four digits", draft => draft with { StartLine = "SIP/2.0 2000 OK" }),
    ];

    private static Defect Any(MessageDefect kind, string sentence, int? status, Func<MessageDraft, MessageDraft> spoil) =>
        new(kind, sentence, status, draft => spoil(draft).ToString());

    private static Defect Spoiled(MessageDefect kind, string sentence, int? status, Func<MessageDraft, string> spoil) => new(kind, sentence, status, spoil);

    private static Defect Request(MessageDefect kind, string sentence, int? status, Func<MessageDraft, MessageDraft> spoil) =>
        Any(kind, sentence, status, spoil) with { IsOfRequest = true };

    private static Defect Response(MessageDefect kind, string sentence, Func<MessageDraft, MessageDraft> spoil) =>
        Any(kind, sentence, null, spoil) with { IsOfResponse = true };

    private static string MethodOfCSeq(MessageDraft draft) => draft.ValueOf("CSeq")!.Split(' ', '\t')[^1];

    private static MessageDraft WithStart(MessageDraft draft, Func<string, string> uri) => WithStart(draft, uri, " SIP/2.0");

    private static MessageDraft WithStart(MessageDraft draft, Func<string, string> uri, string version) =>
        draft with { StartLine = $"{draft.Method} {uri(draft.StartLine.Split(' ')[1])}{version}" };

    // In the middle, so that the line in front of it and the line behind it are headers.
    private static MessageDraft WithLine(MessageDraft draft, string line) =>
        draft with { Fields = draft.Fields.Insert(draft.Fields.Length / 2, new DraftField(line, "", "")) };
}

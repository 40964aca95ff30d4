using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Testing.Generators.Parts;

namespace Rx.Sip.Testing.Generators;

/// <summary>Octets that are a valid message but for one defect. A test sends them to what it tests, and expects the answer they deserve, or none.</summary>
public sealed class AlmostValidMessage
{
    private readonly MessageDraft _draft;
    private readonly Defect _defect;

    private AlmostValidMessage(MessageDraft draft, Defect defect)
    {
        (_draft, _defect) = (draft, defect);
        Bytes = Octets.ToArray(defect.Apply(draft));
    }

    /// <summary>What goes over the wire.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The defect.</summary>
    public MessageDefect Defect => _defect.Kind;

    /// <summary>The defect as a sentence.</summary>
    public string Description => _defect.Sentence;

    /// <summary>Whether it would be a request but for the defect.</summary>
    public bool IsRequest => _draft.Method.Length > 0;

    /// <summary>
    /// The status code a user agent answers with, if it answers; null when there is nothing to answer: it is no request but a response or
    /// an ACK, or its Via says nothing of where to (RFC 3261 §8.2, §18.1.2, §21.4.1).
    /// </summary>
    public int? Status => _draft.Method is "" or "ACK" ? null : _defect.Status;

    internal static Gen<AlmostValidMessage> Generator { get; } =
        from defect in Gen.Elements(DefectTable.All.ToArray())
        from draft in defect.IsOfResponse ? Drafts.Response : defect.IsOfRequest ? Drafts.Request : Gen.Frequency((3, Drafts.Request), (1, Drafts.Response))
        select new AlmostValidMessage(draft, defect);

    internal static IEnumerable<AlmostValidMessage> Shrink(AlmostValidMessage message) =>
        DraftShrinker.Candidates(message._draft).Where(draft => draft.TryMake() is not null).Select(draft => new AlmostValidMessage(draft, message._defect));

    /// <summary>The defect, and the octets read as UTF-8.</summary>
    public override string ToString() => $"{Description}\n{Octets.ToText(Octets.Of(Bytes.Span))}";
}

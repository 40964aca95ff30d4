namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>One way to spoil a message.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Sentence">What is wrong.</param>
/// <param name="Status">The answer of a user agent; null when it has none to give.</param>
/// <param name="Apply">Spoils a valid draft: gives the octets.</param>
internal sealed record Defect(MessageDefect Kind, string Sentence, int? Status, Func<MessageDraft, string> Apply)
{
    /// <summary>Whether a request alone can have it.</summary>
    public bool IsOfRequest { get; init; }

    /// <summary>Whether a response alone can have it.</summary>
    public bool IsOfResponse { get; init; }
}

using System.Collections.Immutable;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>What a dialog is made from; who makes it simpler makes this simpler.</summary>
internal sealed record DialogPlan(DialogKind Kind, string CallId, string Initiator, string Answerer, int FirstSequence)
{
    /// <summary>The proxies in the order in which the first request passes them.</summary>
    public ImmutableArray<string> Proxies { get; init; } = [];

    /// <summary>Provisional responses to the INVITE.</summary>
    public ImmutableArray<int> Provisional { get; init; } = [];

    /// <summary>The final response of a refused INVITE.</summary>
    public int Refusal { get; init; } = 486;

    /// <summary>Requests within the dialog, or messages; true for the initiator's.</summary>
    public ImmutableArray<bool> Inside { get; init; } = [];

    /// <summary>The method of requests within a session.</summary>
    public string MethodInside { get; init; } = "INFO";

    /// <summary>Whether the initiator ends it.</summary>
    public bool InitiatorEnds { get; init; } = true;
}

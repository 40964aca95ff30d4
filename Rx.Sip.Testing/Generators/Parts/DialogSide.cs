namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>One of the two user agents of a dialog, counting its requests.</summary>
internal sealed class DialogSide(string user, string host, string tag, int firstSequence)
{
    private int _sequence = firstSequence;
    private int _asked;

    public string Host => host;

    public string Tag => tag;

    public string Aor => $"sip:{user}@example.test";

    public string Contact => $"sip:{user}@{host};transport=tcp";

    /// <summary>The number of the next request but ACK, which has that of its INVITE.</summary>
    public int NextSequence() => _sequence++;

    /// <summary>The branch of the next request.</summary>
    public string NextBranch() => $"z9hG4bK-{tag}-{++_asked}";
}

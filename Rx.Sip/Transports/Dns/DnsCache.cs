using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Transports.Dns;

/// <summary>Answers and denials, each until the instant it expires and not longer; what is not asked for again makes room for what is.</summary>
internal sealed class DnsCache(int capacity)
{
    private readonly RecentCache<DnsQuestion, DnsAnswer> _answers = new(Math.Max(1, capacity / 2));

    public int Count => _answers.Count;

    public bool TryGet(in DnsQuestion question, DateTimeOffset now, [NotNullWhen(true)] out DnsAnswer? answer)
    {
        if (!_answers.TryGet(question, out answer))
            return false;
        if (now < answer.Expires)
            return true;
        _answers.Remove(question, answer);
        answer = null;
        return false;
    }

    public void Set(in DnsQuestion question, DnsAnswer answer, DateTimeOffset now)
    {
        if (now < answer.Expires)
            _answers.Set(question, answer);
    }
}

using System.Collections.Immutable;

namespace Rx.Sip.Transports.Dns;

/// <summary>What is known about a question, and until when.</summary>
/// <param name="Verdict">Whether there are records.</param>
/// <param name="Records">The records, all of the type asked for.</param>
/// <param name="Expires">The first instant at which it is not known any more.</param>
/// <param name="Problem">Why there are no records, in words.</param>
internal sealed record DnsAnswer(DnsVerdict Verdict, ImmutableArray<DnsRecord> Records, DateTimeOffset Expires, string? Problem)
{
    // Far beyond any time to live that is meant, and near enough for every calculation.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    // RFC 2308 §5 finds one to three hours sensible.
    private static readonly TimeSpan LongestDenial = TimeSpan.FromHours(1);
    private const int MaxAliases = 8;

    /// <summary>The name to ask for next: where aliases lead to out of the response.</summary>
    public string? Alias { get; private init; }

    /// <summary>Whether it is known how long this holds: not of a failure, nor of a denial without the zone's SOA.</summary>
    public bool IsTimed { get; private init; } = Verdict != DnsVerdict.Failed;

    public static DnsAnswer Failed(string problem, DateTimeOffset expires) => new(DnsVerdict.Failed, [], expires, problem);

    /// <summary>
    /// Reads a response's answer section along its aliases; what is not on the way from the question to its records is not looked
    /// at, so nothing is learnt that was not asked for.
    /// </summary>
    public static DnsAnswer Read(in DnsQuestion question, DnsMessage response, DateTimeOffset now)
    {
        var (name, type, timeToLive) = (question.Name, question.Type, Longest);
        for (var aliases = 0; aliases <= MaxAliases; aliases++)
        {
            ImmutableArray<DnsRecord> records = [.. response.Answers.Where(record => record.Name == name && record.Type == type)];
            if (!records.IsEmpty)
                return new(DnsVerdict.Found, records, now + Shorter(timeToLive, records.Min(record => record.TimeToLive)), null);
            if (response.Answers.OfType<DnsRecord.Alias>().FirstOrDefault(alias => alias.Name == name) is not { } next)
                return aliases == 0 || response.Authorities.OfType<DnsRecord.Authority>().Any() || response.Code == DnsCode.NameError
                    ? Deny(question, response, timeToLive, now)
                    : new(DnsVerdict.Denied, [], now + timeToLive, null) { Alias = name };
            (name, timeToLive) = (next.Target, Shorter(timeToLive, next.TimeToLive));
        }
        return TooManyAliases(question, now);
    }

    public static DnsAnswer TooManyAliases(in DnsQuestion question, DateTimeOffset now) => Failed($"{question.Name} has too many aliases", now);

    /// <summary>The same about a name that an alias led from, known no longer than that.</summary>
    public DnsAnswer Until(DateTimeOffset expires) => expires < Expires ? this with { Expires = expires } : this;

    // RFC 2308 §3, §5: a denial holds as long as the zone's SOA says, and without one not at all.
    private static DnsAnswer Deny(in DnsQuestion question, DnsMessage response, TimeSpan timeToLive, DateTimeOffset now)
    {
        var holds = response.Authorities.OfType<DnsRecord.Authority>().FirstOrDefault() is { } authority
            ? Shorter(Shorter(authority.TimeToLive, authority.Minimum), Shorter(LongestDenial, timeToLive))
            : TimeSpan.Zero;
        var problem = response.Code == DnsCode.NameError ? $"there is no {question.Name}" : $"there is no {question}";
        return new(DnsVerdict.Denied, [], now + holds, problem) { IsTimed = holds > TimeSpan.Zero };
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

using System.Collections.Immutable;
using Rx.Sip.Testing.Naming;
using Rx.Sip.Transports.Dns;

namespace Rx.Sip.Testing;

/// <summary>
/// All the records that a <see cref="DnsServer"/> knows, as a value: it never changes, a changed one is another. Written as in the files of name
/// servers (RFC 1035 §5), one record a line, <c>name seconds type content</c>; the types are A, AAAA, CNAME, SRV and NAPTR.
/// </summary>
public sealed class DnsZone
{
    private readonly ImmutableList<DnsRecord> _records;

    private DnsZone(ImmutableList<DnsRecord> records, TimeSpan denial) => (_records, Denial) = (records, denial);

    /// <summary>A zone in which there is nothing.</summary>
    public static DnsZone Empty { get; } = new([], TimeSpan.FromMinutes(1));

    /// <summary>How long it may be remembered that there is no such record (RFC 2308). Default a minute.</summary>
    public TimeSpan Denial { get; }

    /// <summary>Reads records, one a line; what stands behind a semicolon is a comment. Throws <see cref="FormatException"/> that shows the line when one is none.</summary>
    public static DnsZone Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Empty.With(text);
    }

    /// <summary>The same zone with more records, written as for <see cref="Parse"/>.</summary>
    public DnsZone With(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(_records.AddRange(ZoneText.Read(text)), Denial);
    }

    /// <summary>The same zone without any record of that name.</summary>
    public DnsZone Without(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(_records.RemoveAll(record => record.Name.Equals(name.TrimEnd('.'), StringComparison.OrdinalIgnoreCase)), Denial);
    }

    /// <summary>The same zone in which denials may be remembered that long.</summary>
    public DnsZone WithDenial(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return new(_records, time);
    }

    /// <summary>The response to a query, aliases followed, nothing left out for want of room.</summary>
    internal DnsMessage Answer(DnsMessage query)
    {
        var question = query.Question!.Value;
        var answers = ImmutableArray.CreateBuilder<DnsRecord>();
        var name = question.Name;
        // A circle of aliases is answered as far as a server follows it.
        for (var alias = 0; alias < 8 && Find(name, DnsType.Cname) is [DnsRecord.Alias next] && question.Type != DnsType.Cname; alias++)
        {
            answers.Add(next);
            name = next.Target;
        }
        answers.AddRange(Find(name, question.Type));
        var isDenied = !answers.Any(record => record.Type == question.Type);
        return new DnsMessage
        {
            Id = query.Id,
            IsResponse = true,
            Question = question,
            Code = isDenied && !Exists(name) ? DnsCode.NameError : DnsCode.NoError,
            Answers = answers.ToImmutable(),
            Authorities = isDenied ? [new DnsRecord.Authority(DnsName.Root, Denial, Denial)] : [],
            PayloadSize = query.PayloadSize,
        };
    }

    private ImmutableList<DnsRecord> Find(string name, DnsType type) => _records.FindAll(record => record.Name == name && record.Type == type);

    // A name exists that has records, or names below it (RFC 8020).
    private bool Exists(string name) => _records.Exists(record => record.Name == name || record.Name.EndsWith($".{name}", StringComparison.Ordinal));
}

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Rx.Sip.Transports.Dns;

/// <summary>Reads one message. Everything it makes is bounded by the octets there are: a record takes eleven at least.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> octets)
{
    private const int HeaderSize = 12;
    private const int FixedRecordSize = 10;
    private const int ClassIn = 1;

    // What names nobody could stand to try, and no honest server sends.
    private const int MaxRecords = 1000;

    private readonly ReadOnlySpan<byte> _octets = octets;
    private int _at;

    public bool TryRead([NotNullWhen(true)] out DnsMessage? message)
    {
        message = null;
        if (_octets.Length < HeaderSize)
            return false;
        var (flags, questions) = (Number(2), Number(4));
        int[] counts = [Number(6), Number(8), Number(10)];
        _at = HeaderSize;
        // One question, or none where the server could not read it; opcode 0 is a standard query.
        if (questions > 1 || counts.Sum() > MaxRecords || (flags >> 11 & 0xF) != 0)
            return false;
        DnsQuestion? question = null;
        if (questions == 1 && !TryReadQuestion(out question))
            return false;
        var isTruncated = (flags & 0x200) != 0;
        var sections = counts.Select(_ => ImmutableArray.CreateBuilder<DnsRecord>()).ToArray();
        for (var section = 0; section < sections.Length; section++)
            if (!TryReadSection(counts[section], sections[section]))
            {
                // What was cut off in the middle is asked for again, over a stream.
                if (!isTruncated)
                    return false;
                break;
            }
        var options = sections[2].OfType<DnsRecord.Options>().FirstOrDefault();
        message = new DnsMessage
        {
            Id = (ushort)Number(0),
            IsResponse = (flags & 0x8000) != 0,
            IsTruncated = isTruncated,
            Code = (DnsCode)((flags & 0xF) | (options?.ExtendedCode ?? 0) << 4),
            Question = question,
            Answers = sections[0].ToImmutable(),
            Authorities = sections[1].ToImmutable(),
            PayloadSize = options?.PayloadSize ?? 0,
        };
        return true;
    }

    private readonly int Number(int offset) => BinaryPrimitives.ReadUInt16BigEndian(_octets[offset..]);

    private bool TryReadQuestion(out DnsQuestion? question)
    {
        question = null;
        if (!DnsName.TryRead(_octets, ref _at, out var name) || _octets.Length - _at < 4 || Number(_at + 2) != ClassIn)
            return false;
        question = new DnsQuestion(name, (DnsType)Number(_at));
        _at += 4;
        return true;
    }

    private bool TryReadSection(int count, ImmutableArray<DnsRecord>.Builder records)
    {
        for (; count > 0; count--)
        {
            if (!TryReadRecord(out var record))
                return false;
            records.Add(record);
        }
        return true;
    }

    private bool TryReadRecord([NotNullWhen(true)] out DnsRecord? record)
    {
        record = null;
        if (!DnsName.TryRead(_octets, ref _at, out var name) || _octets.Length - _at < FixedRecordSize)
            return false;
        var (type, kind, seconds, length) = ((DnsType)Number(_at), Number(_at + 2), BinaryPrimitives.ReadUInt32BigEndian(_octets[(_at + 4)..]), Number(_at + 8));
        _at += FixedRecordSize;
        var end = _at + length;
        if (end > _octets.Length)
            return false;
        // RFC 2181 §8: a time with its first bit set is none.
        var timeToLive = TimeSpan.FromSeconds(seconds > int.MaxValue ? 0 : seconds);
        record = type == DnsType.Opt ? new DnsRecord.Options(kind, (int)(seconds >> 24))
            : kind != ClassIn ? new DnsRecord.Other(name, timeToLive)
            : ReadContent(type, name, timeToLive, end);
        // What is in a record ends where the record ends.
        var isWhole = record is DnsRecord.Other or DnsRecord.Options || _at == end;
        _at = end;
        return record is not null && isWhole;
    }

    private DnsRecord? ReadContent(DnsType type, string name, TimeSpan timeToLive, int end) => type switch
    {
        DnsType.A => ReadAddress(name, timeToLive, end, 4),
        DnsType.Aaaa => ReadAddress(name, timeToLive, end, 16),
        DnsType.Cname => TryReadName(end, out var target) ? new DnsRecord.Alias(name, timeToLive, target) : null,
        DnsType.Soa => ReadAuthority(name, timeToLive, end),
        DnsType.Srv => ReadServer(name, timeToLive, end),
        DnsType.Naptr => ReadRule(name, timeToLive, end),
        _ => new DnsRecord.Other(name, timeToLive),
    };

    private DnsRecord.Address? ReadAddress(string name, TimeSpan timeToLive, int end, int size)
    {
        if (end - _at != size)
            return null;
        var address = new IPAddress(_octets[_at..end]);
        _at = end;
        return new DnsRecord.Address(name, timeToLive, address);
    }

    private DnsRecord.Authority? ReadAuthority(string name, TimeSpan timeToLive, int end)
    {
        if (!TryReadName(end, out _) || !TryReadName(end, out _) || end - _at != 20)
            return null;
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(_octets[(_at + 16)..]);
        _at = end;
        return new DnsRecord.Authority(name, timeToLive, TimeSpan.FromSeconds(seconds > int.MaxValue ? 0 : seconds));
    }

    private DnsRecord.Server? ReadServer(string name, TimeSpan timeToLive, int end)
    {
        if (end - _at < 7)
            return null;
        var (priority, weight, port) = (Number(_at), Number(_at + 2), Number(_at + 4));
        _at += 6;
        return TryReadName(end, out var target) ? new DnsRecord.Server(name, timeToLive, priority, weight, port, target) : null;
    }

    private DnsRecord.Rule? ReadRule(string name, TimeSpan timeToLive, int end)
    {
        if (end - _at < 8)
            return null;
        var (order, preference) = (Number(_at), Number(_at + 2));
        _at += 4;
        return TryReadText(end, out var flags) && TryReadText(end, out var services) && TryReadText(end, out var expression)
            && TryReadName(end, out var replacement)
            ? new DnsRecord.Rule(name, timeToLive, order, preference, flags, services, expression, replacement)
            : null;
    }

    private bool TryReadName(int end, [NotNullWhen(true)] out string? name) => DnsName.TryRead(_octets[..end], ref _at, out name);

    private bool TryReadText(int end, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (_at >= end || _octets[_at] is var size && _at + 1 + size > end)
            return false;
        text = Encoding.Latin1.GetString(_octets.Slice(_at + 1, size));
        _at += 1 + size;
        return true;
    }
}

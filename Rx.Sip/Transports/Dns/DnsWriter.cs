using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Rx.Sip.Transports.Dns;

/// <summary>Writes messages, without compressing names.</summary>
internal static class DnsWriter
{
    private const int ClassIn = 1;

    /// <summary>The whole message; recursion is desired of a query, and available with a response.</summary>
    public static byte[] Write(DnsMessage message)
    {
        var octets = new ArrayBufferWriter<byte>(512);
        var flags = 0x100 | (message.IsResponse ? 0x8480 : 0) | (message.IsTruncated ? 0x200 : 0) | ((int)message.Code & 0xF);
        foreach (var number in (int[])[message.Id, flags, message.Question is null ? 0 : 1, message.Answers.Length, message.Authorities.Length, message.PayloadSize > 0 ? 1 : 0])
            Number(octets, number);
        if (message.Question is { } question)
        {
            DnsName.Write(question.Name, octets);
            Number(octets, (int)question.Type);
            Number(octets, ClassIn);
        }
        foreach (var record in message.Answers.Concat(message.Authorities))
            Write(octets, record);
        if (message.PayloadSize > 0)
            WriteOptions(octets, message);
        return octets.WrittenSpan.ToArray();
    }

    private static void WriteOptions(ArrayBufferWriter<byte> octets, DnsMessage message)
    {
        DnsName.Write(DnsName.Root, octets);
        Number(octets, (int)DnsType.Opt);
        Number(octets, message.PayloadSize);
        Number(octets, ((int)message.Code >> 4) << 8);
        Number(octets, 0);
        Number(octets, 0);
    }

    private static void Write(ArrayBufferWriter<byte> octets, DnsRecord record)
    {
        DnsName.Write(record.Name, octets);
        Number(octets, (int)record.Type);
        Number(octets, ClassIn);
        Seconds(octets, record.TimeToLive);
        var content = new ArrayBufferWriter<byte>(64);
        WriteContent(content, record);
        Number(octets, content.WrittenCount);
        octets.Write(content.WrittenSpan);
    }

    private static void WriteContent(ArrayBufferWriter<byte> octets, DnsRecord record)
    {
        switch (record)
        {
            case DnsRecord.Address address:
                octets.Write(address.Value.GetAddressBytes());
                break;
            case DnsRecord.Alias alias:
                DnsName.Write(alias.Target, octets);
                break;
            case DnsRecord.Authority authority:
                WriteAuthority(octets, authority);
                break;
            case DnsRecord.Server server:
                Number(octets, server.Priority);
                Number(octets, server.Weight);
                Number(octets, server.Port);
                DnsName.Write(server.Target, octets);
                break;
            case DnsRecord.Rule rule:
                Number(octets, rule.Order);
                Number(octets, rule.Preference);
                Text(octets, rule.Flags);
                Text(octets, rule.Services);
                Text(octets, rule.Expression);
                DnsName.Write(rule.Replacement, octets);
                break;
        }
    }

    // Who is asked and when the zone was changed concerns nobody here: the servers' names are the zone's, the numbers 0.
    private static void WriteAuthority(ArrayBufferWriter<byte> octets, DnsRecord.Authority authority)
    {
        DnsName.Write(authority.Name, octets);
        DnsName.Write(authority.Name, octets);
        octets.Write((ReadOnlySpan<byte>)stackalloc byte[16]);
        Seconds(octets, authority.Minimum);
    }

    private static void Number(ArrayBufferWriter<byte> octets, int number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(octets.GetSpan(2), (ushort)number);
        octets.Advance(2);
    }

    private static void Seconds(ArrayBufferWriter<byte> octets, TimeSpan time)
    {
        BinaryPrimitives.WriteUInt32BigEndian(octets.GetSpan(4), (uint)time.TotalSeconds);
        octets.Advance(4);
    }

    private static void Text(ArrayBufferWriter<byte> octets, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        octets.Write([(byte)bytes.Length]);
        octets.Write(bytes);
    }
}

using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Cpim;
using Rx.Sip.Messages.Bodies.Mime;
using Rx.Sip.Messages.Bodies.Sdp;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

/// <summary>Every body of the messages of other implementations and of the RFCs. Those that can't be read stand with their defect in unreadable-bodies.txt.</summary>
public class BodyCorpusTests
{
    private static readonly string Known = Repository.Path("Rx.Sip.Tests", "Messages", "Bodies", "unreadable-bodies.txt");

    [CorpusFact]
    public void Every_body_is_read_and_written_back_but_those_that_are_known_to_be_unreadable()
    {
        var bodies = new Bodies();
        foreach (var (id, octets) in Messages().Concat(Flows()))
            if (SipParser.Parse(octets, new SipLimits { MaxHeaderOctets = 1024 * 1024 }).Match(message => message, error => error.Readable)?.Content() is { } content)
                bodies.Look(id, content);

        if (Environment.GetEnvironmentVariable("RXSIP_ACCEPT") == "1")
            File.WriteAllLines(Known, bodies.Unreadable);
        Assert.Empty(bodies.Changed);
        Assert.Equal(File.ReadAllLines(Known), bodies.Unreadable);
        Assert.InRange(bodies.Descriptions, 3000, int.MaxValue);
        Assert.InRange(bodies.Multiparts, 50, int.MaxValue);
    }

    private static IEnumerable<(string Id, byte[] Octets)> Messages() =>
        from file in Directory.EnumerateFiles(Corpus.Path("messages"), "*.jsonl*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        from line in Lines(file)
        let entry = JsonDocument.Parse(line).RootElement
        select (entry.GetProperty("id").GetString()!, entry.GetProperty("b64").GetBytesFromBase64());

    private static IEnumerable<(string Id, byte[] Octets)> Flows() =>
        from file in Directory.EnumerateFiles(Corpus.Path("flows"), "*.json").Order(StringComparer.Ordinal)
        where !file.EndsWith("index.json", StringComparison.Ordinal)
        from entry in JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("messages").EnumerateArray()
        select ($"{Path.GetFileNameWithoutExtension(file)}#{entry.GetProperty("n")}", Encoding.UTF8.GetBytes(entry.GetProperty("text").GetString()!));

    private static IEnumerable<string> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private sealed class Bodies
    {
        public List<string> Unreadable { get; } = [];

        public List<string> Changed { get; } = [];

        public int Descriptions { get; private set; }

        public int Multiparts { get; private set; }

        public void Look(string id, ContentDescription content)
        {
            _ = (content.Text, content.Disposition, content.ContentId, content.IsHandlingRequired, content.FindUnsupported(_ => false));
            if (content.IsMultipart)
                Note(id, content, MimeMultipart.Read(content), read => read.ToContent(), MimeMultipart.Read);
            if (content.ContentType.Is("application/sdp"))
                Note(id, content, SdpDescription.Read(content), read => read.ToContent(), SdpDescription.Read);
            if (content.ContentType.Is("message/cpim"))
                Note(id, content, CpimMessage.Read(content), read => read.ToContent(), CpimMessage.Read);
            (Descriptions, Multiparts) = (Descriptions + (content.ContentType.Is("application/sdp") ? 1 : 0), Multiparts + (content.IsMultipart ? 1 : 0));
            foreach (var part in content.Parts)
                Look(id, part);
        }

        private void Note<T>(string id, ContentDescription content, BodyResult<T> result, Func<T, ContentDescription> write, Func<ContentDescription, BodyResult<T>> read)
            where T : class
        {
            if (result is not BodyResult<T>.Parsed { Value: var value })
                Unreadable.Add($"{id} {content.ContentType.Name}: {Crlf.ErrorOf(result)}");
            else if (!Equals(read(write(value)), result))
                Changed.Add($"{id} {content.ContentType.Name}");
            else if (value is SdpDescription description && Views.Of(description) && IsCanonical(content.Body.Span) && !write(value).Body.Span.SequenceEqual(content.Body.Span))
                Changed.Add($"{id} octets");
        }

        private static bool IsCanonical(ReadOnlySpan<byte> octets) =>
            octets.EndsWith("\r\n"u8) && !octets.StartsWith("\r\n"u8) && !octets.EndsWith("\r\n\r\n"u8) && octets.Count((byte)'\n') == octets.Count((byte)'\r');
    }
}

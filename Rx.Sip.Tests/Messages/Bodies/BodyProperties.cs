using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages.Bodies;
using Rx.Sip.Messages.Bodies.Cpim;
using Rx.Sip.Messages.Bodies.Mime;
using Rx.Sip.Messages.Bodies.Sdp;
using Xunit;

namespace Rx.Sip.Tests.Messages.Bodies;

public class BodyProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000);

    /// <summary>Octets in which boundaries, line ends and header fields are likely.</summary>
    private static readonly Gen<byte[]> Pieces =
        Gen.Elements("\r\n", "\n", "\r", "--b", "--", "b", "--b--", "--part-", " ", "\t", ":", "A: 1", "Content-Type: multipart/mixed;boundary=b", "\0", "=", "=3D", "é", "x")
            .ListOf()
            .Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)));

    private static readonly Gen<byte[]> SdpPieces =
        Gen.Elements("v=0", "o=- 1 1 IN IP4 h", "s=-", "t=0 0", "c=IN IP4 h", "m=audio 1 RTP/AVP 0 96", "a=rtpmap:96 opus/48000/2", "a=fmtp:96 x", "a=sendonly", "a=x:y", "b=AS:1", "y=?", "i=ü", "\r\n", "\r\n", "\r\n", "\n", "=", "z", "\0")
            .ListOf()
            .Select(pieces => Encoding.UTF8.GetBytes("v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nt=0 0\r\n" + string.Join("\r\n", pieces)));

    private static readonly Gen<string> Line = Gen.Elements("a", " ", "ü", "\\", "\"", ":", ";", "<", "=", "😀", "-", "1").ListOf().Select(string.Concat);

    private static readonly Gen<ContentDescription> Content =
        from body in Pieces
        from name in Gen.Elements("Content-Type", "Content-ID", "X")
        from value in Line
        select new ContentDescription("application/x", body).WithHeader(name, value.Trim());

    private static readonly Gen<SdpMediaDescription> Media =
        from medium in Gen.Elements("audio", "video")
        from port in Gen.Elements(0, 4000, 4002)
        from codecs in Gen.Elements(
            new SdpCodec(0, "PCMU", 8000), new SdpCodec(8, "PCMA", 8000), new SdpCodec(96, "opus", 48000, 2, "a=b; c"), new SdpCodec(97, "OPUS", 48000, 2, null), new SdpCodec(31, "H261", 90000)).NonEmptyListOf()
        from direction in Gen.Elements(SdpDirection.Inactive, SdpDirection.SendOnly, SdpDirection.ReceiveOnly, SdpDirection.SendReceive)
        from value in Line
        select SdpMediaDescription.CreateRtp(medium, port, codecs.DistinctBy(codec => codec.PayloadType)).WithDirection(direction).WithAddedAttribute("x", value);

    private static readonly Gen<SdpDescription> Description =
        from name in Line
        from version in Gen.Choose(0, 9)
        from media in Media.ListOf()
        select SdpDescription.Create(new SdpOrigin("-", "1", (ulong)version, "IN", "IP4", "h"), new SdpConnection("IN", "IP4", "h")).WithSessionName(name).WithMedia(media);

    [Fact]
    public void A_multipart_of_anything_reads_back_as_itself() =>
        Prop.ForAll(Content.NonEmptyListOf().ToArbitrary(), parts =>
        {
            var multipart = MimeMultipart.Mixed(parts);
            var nested = MimeMultipart.Mixed([multipart.ToContent(), .. parts]);

            return multipart.Equals(MimeMultipart.Parse(multipart.ToContent()))
                && nested.ToContent().Leaves().SequenceEqual([.. Leaves(parts), .. Leaves(parts)]);
        }).Check(Thorough);

    [Fact]
    public void A_description_reads_back_as_itself() =>
        Prop.ForAll(Description.ToArbitrary(), description => description.Equals(SdpDescription.Parse(description.ToString()))).Check(Thorough);

    [Fact]
    public void A_cpim_message_reads_back_as_itself() =>
        Prop.ForAll(Content.ToArbitrary(), ArbMap.Default.ArbFor<NonNull<string>>(), Line.ToArbitrary(), (content, text, name) =>
        {
            var subject = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));
            var message = CpimMessage.Create(new CpimAddress(name, "sip:a"), new CpimAddress("sip:b"), content).WithSubject(subject);
            var read = CpimMessage.Parse(message.ToContent());

            return read.Equals(message) && read.Subject == subject && read.From!.FormalName == name;
        }).Check(Thorough);

    [Fact]
    public void Whatever_can_be_read_of_any_octets_reads_back_as_itself() =>
        Prop.ForAll(Gen.OneOf(Pieces, SdpPieces, ArbMap.Default.ArbFor<byte[]>().Generator).ToArbitrary(), octets =>
            SdpDescription.Read(octets).Match(read => Views.Of(read) && read.Equals(Value(SdpDescription.Read(read.ToBytes()))), _ => true)
            && CpimMessage.Read(octets).Match(read => read.Equals(Value(CpimMessage.Read(read.ToContent()))), _ => true)
            && MimeMultipart.Read(new ContentDescription("multipart/mixed;boundary=b", octets)).Match(read => read.Equals(Value(MimeMultipart.Read(read.ToContent()))), _ => true)).Check(Thorough);

    [Fact]
    public void Whatever_is_cut_off_or_changed_is_read_or_refused_and_never_throws() =>
        Prop.ForAll(Content.NonEmptyListOf().ToArbitrary(), Description.ToArbitrary(), Gen.Choose(0, 1 << 24).ToArbitrary(), (parts, description, place) =>
        {
            var multipart = MimeMultipart.Mixed([description.ToContent(), .. parts]).ToContent();
            var octets = multipart.Body.ToArray();
            var at = (place >> 8) % octets.Length;
            var cut = multipart.Headers[0].Value;
            _ = new ContentDescription(cut, octets.AsMemory(0, at)).Leaves().Select(leaf => (leaf.Text, SdpDescription.Read(leaf).ToString())).ToList();
            octets[at] = (byte)place;
            _ = new ContentDescription(cut, octets).Leaves().Select(leaf => (leaf.Text, SdpDescription.Read(leaf).ToString())).ToList();
        }).Check(Thorough);

    [Fact]
    public void Our_answer_fits_any_offer_and_changes_count_up() =>
        Prop.ForAll(Description.ToArbitrary(), Description.ToArbitrary(), (offer, ours) =>
        {
            var answer = SdpOfferAnswer.CreateAnswer(offer, ours);
            var change = SdpOfferAnswer.CreateChange(answer, answer.WithSessionName("other"));

            return SdpOfferAnswer.CheckAnswer(offer, answer).Count == 0
                && answer.Equals(SdpDescription.Parse(answer.ToString()))
                && SdpOfferAnswer.CheckChange(answer, change).Count == 0;
        }).Check(Thorough);

    [Fact]
    public void Base64_gives_back_the_octets() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), octets =>
            new ContentDescription("application/x", Convert.ToBase64String(octets, Base64FormattingOptions.InsertLineBreaks)).WithHeader("Content-Transfer-Encoding", "base64")
                .TryDecode(out var decoded) && decoded.Span.SequenceEqual(octets)).Check(Thorough);

    private static IEnumerable<ContentDescription> Leaves(IEnumerable<ContentDescription> parts) => parts.SelectMany(part => part.Leaves());

    private static T? Value<T>(BodyResult<T> result)
        where T : class => result.Match<T?>(value => value, _ => null);
}

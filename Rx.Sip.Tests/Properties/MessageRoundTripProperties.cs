using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Properties;

public class MessageRoundTripProperties
{
    [Fact]
    public void Parsing_what_was_written_gives_the_same_message() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(),
            ArbMap.Default.ArbFor<PositiveInt>(),
            ArbMap.Default.ArbFor<byte[]>(),
            (name, number, body) =>
            {
                var text = string.Concat(name.Get.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))).Trim();
                var from = new NameAddress(text, SipUri.Parse($"sip:u{number.Get}@example.test"), SipParameters.Empty).WithTag("t" + number.Get);
                var written = SipRequest.Create(SipMethod.Message, SipUri.Parse("sip:bob@example.test"), from, new NameAddress(SipUri.Parse("sip:bob@example.test")), $"c{number.Get}", (uint)number.Get)
                    .WithAddedHeader("X-Unknown", number.Get.ToString(CultureInfo.InvariantCulture))
                    .WithBody("application/octet-stream", body);

                var read = (SipRequest)((SipParseResult.Parsed)SipParser.Parse(written.Bytes)).Message;

                return read.Bytes.Span.SequenceEqual(written.Bytes.Span)
                    && read.Headers.SequenceEqual(written.Headers)
                    && read.Body.Span.SequenceEqual(body)
                    && read.From!.DisplayName == text
                    && read.CSeq == written.CSeq;
            }).QuickCheckThrowOnFailure();
}

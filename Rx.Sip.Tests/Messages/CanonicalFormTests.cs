using System.Buffers;
using System.Text;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class CanonicalFormTests
{
    [Theory]
    [InlineData("v: SIP/2.0/UDP h", "Via: SIP/2.0/UDP h")]
    [InlineData("VIA  :\tSIP/2.0/UDP h \t", "Via: SIP/2.0/UDP h")]
    [InlineData("via:SIP/2.0/UDP\r\n  h\r\n\t;a=b", "Via: SIP/2.0/UDP h ;a=b")]
    [InlineData("x-OWN :  a  b ", "x-OWN: a  b")]
    [InlineData("x-own:\r\n a", "x-own: a")]
    [InlineData("Subject:", "Subject: ")]
    [InlineData("s: \"a  b\"", "Subject: \"a  b\"")]
    public void A_field_is_written_as(string line, string expected) =>
        Assert.Equal($"OPTIONS sip:h SIP/2.0\r\n{expected}\r\nContent-Length: 0\r\n\r\n", Wire.Message("OPTIONS sip:h SIP/2.0", line).ToCanonicalString());

    [Theory]
    [InlineData("l: 00002\nSubject: a\n\nhi", "Content-Length: 2\r\nSubject: a\r\n\r\nhi")]
    [InlineData("Subject: a\n\nhi", "Subject: a\r\nContent-Length: 2\r\n\r\nhi")]
    [InlineData("l: 2\nSubject: a\nContent-Length: 2\n\nhi", "Content-Length: 2\r\nSubject: a\r\n\r\nhi")]
    [InlineData("l: 1\nSubject: a\n\nhi", "Content-Length: 1\r\nSubject: a\r\n\r\nh")]
    public void The_length_is_that_of_the_body_and_stands_where_the_first_stood(string rest, string expected) =>
        Assert.Equal($"sIp/2.0 200 \r\n{expected}", Wire.Parse(Encoding.UTF8.GetBytes($"sIp/2.0 200 \n{rest}")).ToCanonicalString());

    [Fact]
    public void Writing_allocates_nothing_beyond_the_buffer()
    {
        var message = Wire.RequestWith("Via: SIP/2.0/UDP\r\n h");
        var buffer = new ArrayBufferWriter<byte>(4096);
        message.WriteCanonical(buffer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            buffer.ResetWrittenCount();
            message.WriteCanonical(buffer);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

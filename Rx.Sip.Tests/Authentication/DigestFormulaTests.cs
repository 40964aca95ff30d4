using System.Text;
using Rx.Sip.Authentication;
using Xunit;

namespace Rx.Sip.Tests.Authentication;

public class DigestFormulaTests
{
    private static string OwnVectors => File.ReadAllText(Repository.Path("Rx.Sip.Tests", "Authentication", "digest.json"));

    [Fact]
    public void All_known_answers_come_out()
    {
        var vectors = DigestVector.Read(OwnVectors);
        Assert.Equal(112, vectors.Count);
        Assert.All(vectors, Check);
    }

    [CorpusFact]
    public void All_known_answers_of_the_corpus_come_out() =>
        Assert.All(DigestVector.Read(Corpus.Text("kat", "digest.json")), Check);

    [Fact]
    public void A_known_answer_that_is_changed_does_not_come_out()
    {
        var vector = DigestVector.Read(OwnVectors)[0];
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Check(vector with { Pw = vector.Pw + "x" }));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Check(vector with { Method = "PUT" }));
    }

    [Fact]
    public void The_hash_of_no_body_is_the_hash_of_nothing() =>
        Assert.Equal(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", // RFC 8760 §2.6
            new DigestAlgorithm(DigestHash.Sha256, IsSession: false).Of(ReadOnlySpan<byte>.Empty));

    [Fact]
    public void Parts_of_any_length_are_joined_by_colons()
    {
        var algorithm = new DigestAlgorithm(DigestHash.Sha256, IsSession: false);
        var (left, right) = (new string('ä', 900), new string('b', 900));
        Assert.Equal(algorithm.Of(Encoding.UTF8.GetBytes($"{left}:{right}:")), algorithm.Of(left, right, ""));
        Assert.Equal(algorithm.Of(":"u8), algorithm.Of("", ""));
    }

    private static void Check(DigestVector vector)
    {
        Assert.True(DigestAlgorithm.TryParse(vector.Alg, out var algorithm));
        Assert.Equal(vector.Alg, algorithm.Name);
        var qop = vector.Qop switch { null => DigestQop.None, "auth" => DigestQop.Auth, _ => DigestQop.AuthInt };
        var formula = new DigestFormula(algorithm, qop, vector.Nonce, vector.Nc ?? "", vector.Cnonce ?? "", vector.Uri);
        var secret = DigestFormula.SecretHash(algorithm, vector.User, vector.Realm, vector.Pw);
        var body = Encoding.UTF8.GetBytes(vector.BodyUtf8);

        Assert.Equal(vector.Ha1, DigestFormula.A1(algorithm, secret, vector.Nonce, vector.Cnonce ?? ""));
        Assert.Equal(vector.Response, formula.Response(secret, vector.Method, body));
        Assert.Equal(vector.Rspauth, formula.ServerProof(secret, body));
    }
}

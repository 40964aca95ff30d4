using System.Reflection;
using Xunit;

namespace Rx.Sip.Tests.Architecture;

public class DocumentationTests
{
    private static IEnumerable<MemberInfo> Streams =>
        PublicApi.Types.SelectMany(PublicApi.MembersOf).Where(member => IsStream(member switch
        {
            PropertyInfo property => property.PropertyType,
            MethodInfo method => method.ReturnType,
            _ => typeof(void),
        }));

    [Fact]
    public void Every_public_stream_says_whether_it_is_hot_or_cold()
    {
        var documentation = new Documentation(PublicApi.Assemblies);

        Findings.AreNone(Streams.Where(stream => !documentation.SaysHotOrCold(stream)).Select(DocumentationId.Of));
    }

    private static bool IsStream(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IObservable<>)
        || type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IObservable<>));
}

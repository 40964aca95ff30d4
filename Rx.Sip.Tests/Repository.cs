namespace Rx.Sip.Tests;

/// <summary>Where the sources of this checkout are: the folder that holds <c>Rx.Sip.sln</c>.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Rx.Sip.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No Rx.Sip.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}

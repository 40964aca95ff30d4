namespace Rx.Sip.Tests.Interop;

/// <summary>A folder for one fixture's files, gone with it.</summary>
internal sealed class TemporaryFolder(string prefix) : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory(prefix).FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The text of a file in it, or nothing when there is no such file.</summary>
    public string Read(string name) => File.Exists(this[name]) ? File.ReadAllText(this[name]) : "";

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

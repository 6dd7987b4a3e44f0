using System.Text.Json;
using DiffSeg.Cli.Evaluating.Gallery;
using DiffSeg.Cli.Evaluating.Journal;
using DiffSeg.Cli.Evaluating.Report.Gallery;
using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Summing;

/// <summary>Makes the report's contents from journals.</summary>
/// <param name="folder">The folder of the report.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class ResultBuilder(string folder, TimeProvider clock)
{
    /// <summary>Makes them; writes the pictures of the gallery.</summary>
    /// <param name="header">What was asked.</param>
    /// <param name="ledger">What was done; at least one image.</param>
    /// <param name="folders">Where the masks of the main run are.</param>
    public EvaluationResult Build(JournalHeader header, JournalLedger ledger, IReadOnlyList<string> folders)
    {
        EvaluationResult draft = header.Draft.Deserialize(EvaluationJson.Default.EvaluationResult)!;
        var pictures = new GalleryPictures(folder, folders, draft);
        JournalEntry[] main = [.. ledger.Of(0)];
        ImageScore[] images = [.. main.Select(entry => new ImageScore(entry.Image, entry.Score ?? double.NaN, entry.Segments))];
        Dictionary<string, ImagePictures?> drawn = GalleryGroup.Of(images)
            .SelectMany(group => group.Images)
            .Select(image => image.Id)
            .Distinct()
            .ToDictionary(id => id, id => pictures.Write(main.First(entry => entry.Image == id)));
        return draft with
        {
            Finished = clock.GetUtcNow(),
            DataSet = draft.DataSet with
            {
                ImagesCounted = images.Length,
                Skipped =
                [
                    .. Enumerable.Range(0, ledger.Images)
                        .Where(image => ledger.Skipped(image) is not null)
                        .Select(image => new SkippedImage(header.Images[image], ledger.Skipped(image)!)),
                ],
            },
            Runs = [.. draft.Runs.Select((run, i) => RunSums.Of(run, [.. ledger.Of(i)]))],
            Images = [.. images.Select(image => image with { Pictures = drawn.GetValueOrDefault(image.Id) })],
        };
    }
}

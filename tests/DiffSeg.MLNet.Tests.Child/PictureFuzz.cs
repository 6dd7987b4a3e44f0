using DiffSeg.Fuzzing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Child;

/// <summary>Mutated pictures through the step that loads them, down to the decoder, which is native code.</summary>
internal static class PictureFuzz
{
    private const int MostPixels = 100_000;

    /// <summary>Runs the cases.</summary>
    /// <param name="seeds">A folder of whole pictures.</param>
    /// <returns>What became of them, how many were pictures and how many were refused, and the most memory that the process had.</returns>
    public static string[] Run(string seeds)
    {
        byte[][] pictures = [.. Directory.GetFiles(seeds).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        byte[][] pngs = [.. pictures.Where(picture => picture[0] == 0x89)];
        string folder = Directory.CreateTempSubdirectory("diffseg-test-").FullName;
        try
        {
            var ml = new MLContext(seed: 1);
            ITransformer step = ml.Transforms.LoadPictures("Photo", "ImagePath", folder, new() { MaxPixels = MostPixels })
                .Fit(ml.Data.LoadFromEnumerable([new ImageSource()]));
            var fuzz = new Fuzz("pictures", random => Mutated(random, pictures, pngs), bytes =>
            {
                string name = $"{Environment.CurrentManagedThreadId}.png";
                File.WriteAllBytes(Path.Combine(folder, name), bytes);
                Load(step.Transform(ml.Data.LoadFromEnumerable([new ImageSource { ImagePath = name }])));
            })
            {
                Documented = [typeof(InvalidDataException)],
                // Four bytes a pixel, read once and copied once.
                Memory = new(8 << 20, 100),
            };
            FuzzTally tally = fuzz.Run();
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            return [tally.Line(fuzz.Name), Text(tally.Read), Text(tally.Refused), Text(self.PeakWorkingSet64)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Load(IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<MLImage> pictureOf = cursor.GetGetter<MLImage>(view.Schema["Photo"]);
        ValueGetter<ReadOnlyMemory<char>> statusOf = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["PhotoStatus"]);
        cursor.MoveNext();
        MLImage picture = null!;
        ReadOnlyMemory<char> status = default;
        pictureOf(ref picture);
        statusOf(ref status);
        using (picture)
        {
            if (status.Length > 0)
            {
                throw new InvalidDataException(status.ToString());
            }

            if ((long)picture.Height * picture.Width > MostPixels || picture.Pixels.Length != 4 * picture.Height * picture.Width)
            {
                throw new InvalidOperationException($"A picture of {picture.Height} x {picture.Width} has {picture.Pixels.Length} bytes.");
            }
        }
    }

    private static byte[] Mutated(Random random, byte[][] pictures, byte[][] pngs) =>
        random.OneIn(3) ? PngMutator.Mutate(random, random.Of(pngs)) : ByteMutator.Mutate(random, pictures);

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx;

/// <summary>Checks that an ONNX file is what ML.NET and DiffSeg need, and makes an <see cref="AttentionModel"/> of it.</summary>
internal static class AttentionModelReader
{
    private const string Rebuild = "Rebuild the model.";
    private const string OnePicture = "Only models of other forms take several pictures in one run: rebuild it for one, or as 'aggregated'.";

    // ML.NET's ONNX transformer strips this suffix where its estimator does not: such a column is lost in a chain.
    private const string BrokenSuffix = ".output";

    public static AttentionModel Read(string path)
    {
        ModelHeader header = OnnxHeaderReader.Read(path);

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (MetadataEntryProto entry in header.MetadataProps)
        {
            metadata[entry.Key] = entry.Value;
        }

        AttentionModelDescription description = AttentionModelDescription.Parse(path, metadata);
        var (inputName, pictures, height, width) = CheckInput(path, header.Graph, description.Form);
        IReadOnlyList<AttentionOutput> outputs = CheckOutputs(path, header.Graph, description, pictures);
        CheckForm(path, outputs, description.Form);
        CheckNames(path, [.. header.Graph.Input.Select(i => i.Name), .. outputs.Select(o => o.Name)]);
        OnnxModelFile.CheckTensors(path);
        return new AttentionModel(path, inputName, pictures.Count, height, width, outputs, description, metadata.AsReadOnly());
    }

    private static (string Name, PicturesPerRun Pictures, int Height, int Width) CheckInput(
        string path, GraphHeader graph, AttentionForm form)
    {
        const string Image = "float32 [pictures, 3, height, width]";
        bool merged = form == AttentionForm.Merged;
        string expected = merged ? $"the inputs '{FirstMerge.ThresholdName}', float32 [1], and an image, {Image}" : $"one input, {Image}";
        ValueInfoProto[] images = [.. graph.Input.Where(i => !merged || !IsThreshold(i))];
        if (images is not [var input] || graph.Input.Count != (merged ? 2 : 1))
        {
            throw new AttentionModelException(
                path, expected, $"{graph.Input.Count} inputs ({string.Join(", ", graph.Input.Select(TensorText.Of))})",
                "Everything but the image must be fixed inside the file. " + Rebuild);
        }

        if (TensorText.IsFloat(input) && PicturesPerRun.Of(input) is { } pictures
            && TensorText.FixedShape(input, from: 1) is [3, var height and > 0, var width and > 0]
            && (Int128)(pictures.Count ?? 1) * 3 * height * width <= Array.MaxLength)
        {
            return !merged || !pictures.HasAxis
                ? (input.Name, pictures, height, width)
                : throw new AttentionModelException(
                    path, "one picture in a run, as the form 'merged' takes it", TensorText.Of(input), OnePicture);
        }

        throw new AttentionModelException(
            path, expected, TensorText.Of(input),
            $"All sizes but the number of pictures must be written in the file, and make up at most {Array.MaxLength} values. " + Rebuild);
    }

    private static bool IsThreshold(ValueInfoProto input) =>
        input.Name == FirstMerge.ThresholdName && TensorText.IsFloat(input) && TensorText.FixedShape(input) is [1];

    private static List<AttentionOutput> CheckOutputs(
        string path, GraphHeader graph, AttentionModelDescription description, PicturesPerRun pictures)
    {
        string[] declared = [.. description.Outputs.Select(o => o.Name)];
        string[] present = [.. graph.Output.Select(o => o.Name)];
        if (declared.Distinct().Count() != declared.Length || !declared.Order().SequenceEqual(present.Order()))
        {
            throw new AttentionModelException(
                path,
                $"the outputs that '{AttentionModelMetadata.Outputs}' describes ({string.Join(", ", declared)})",
                string.Join(", ", present), Rebuild);
        }

        Dictionary<string, OutputGrid> grids = description.Outputs.ToDictionary(o => o.Name);
        return [.. graph.Output.Select(o => description.FirstMerge is { } merge
            ? CheckProposals(path, o, grids[o.Name], merge)
            : CheckOutput(path, o, grids[o.Name], description.Form, pictures))];
    }

    private static AttentionOutput CheckOutput(
        string path, ValueInfoProto output, OutputGrid grid, AttentionForm form, PicturesPerRun pictures)
    {
        long tokens = (long)grid.Height * grid.Width;
        int heads = 0;
        if (TensorText.IsFloat(output) && pictures.SizesOfOne(output) is [.. var leading, var rows, var columns]
            && rows == tokens && columns == tokens)
        {
            heads = form == AttentionForm.Raw
                ? leading switch { [] => 1, [var h] => h, [1, var h] when !pictures.HasAxis => h, _ => 0 }
                : leading switch { [] or [1] => 1, [1, 1] when !pictures.HasAxis => 1, _ => 0 };
        }

        if (heads < 1 || heads * tokens > int.MaxValue)
        {
            string shape = form == AttentionForm.Raw ? $"[{pictures.Leading}heads, {tokens}, {tokens}]" : $"[{pictures.Leading}{tokens}, {tokens}]";
            throw new AttentionModelException(
                path,
                $"the output '{grid.Name}' as float32 {shape}, "
                    + $"as the form '{form.ToString().ToLowerInvariant()}' and the grid {grid.Height}x{grid.Width} ask for{BesideInput(pictures)}",
                TensorText.Of(output),
                pictures.HasAxis || PicturesPerRun.Of(output) is { Count: null }
                    ? "Input and outputs must begin with the same number of pictures, or both leave it free. " + Rebuild
                    : Rebuild);
        }

        return new AttentionOutput(grid.Name, new AttentionShape(heads, grid.Height, grid.Width));
    }

    private static string BesideInput(PicturesPerRun pictures) => pictures.Count switch
    {
        1 => "",
        null => " beside an input of any number of pictures",
        var count => $" beside an input of {count} pictures",
    };

    private static AttentionOutput CheckProposals(string path, ValueInfoProto output, OutputGrid grid, FirstMerge merge)
    {
        long tokens = (long)grid.Height * grid.Width;
        long anchors = (long)Math.Min(merge.AnchorsPerSide, grid.Height) * Math.Min(merge.AnchorsPerSide, grid.Width);
        if (merge.AnchorsPerSide <= Math.Max(grid.Height, grid.Width)
            && TensorText.IsFloat(output) && TensorText.FixedShape(output) is [var rows, var columns]
            && rows == anchors && columns == tokens)
        {
            return new AttentionOutput(grid.Name, new AttentionShape(1, grid.Height, grid.Width)) { Maps = rows };
        }

        throw new AttentionModelException(
            path,
            $"the output '{grid.Name}' as float32 [{anchors}, {tokens}], as the form 'merged', {merge.AnchorsPerSide} anchors per side "
                + $"and the grid {grid.Height}x{grid.Width} ask for",
            TensorText.Of(output), Rebuild);
    }

    private static void CheckForm(string path, IReadOnlyList<AttentionOutput> outputs, AttentionForm form)
    {
        int resolutions = outputs.DistinctBy(o => (o.Shape.Height, o.Shape.Width)).Count();
        string? expected = form switch
        {
            AttentionForm.Aggregated or AttentionForm.Merged when outputs.Count != 1 =>
                $"one output, as the form '{form.ToString().ToLowerInvariant()}' has",
            AttentionForm.Resolutions when resolutions != outputs.Count => "one output per resolution, as the form 'resolutions' has",
            _ => null,
        };
        if (expected is not null)
        {
            string found = string.Join(", ", outputs.Select(o => $"{o.Name} {o.Shape.Height}x{o.Shape.Width}"));
            throw new AttentionModelException(path, expected, found, Rebuild);
        }
    }

    private static void CheckNames(string path, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (string.IsNullOrWhiteSpace(name) || name.EndsWith(BrokenSuffix, StringComparison.Ordinal))
            {
                throw new AttentionModelException(
                    path, $"tensor names that are column names in ML.NET (not empty, not ending in '{BrokenSuffix}')",
                    $"'{name}'", "Rebuild the model with other tensor names.");
            }
        }

        if (names.Distinct().Count() != names.Count)
        {
            throw new AttentionModelException(
                path, "different names for all inputs and outputs", string.Join(", ", names), Rebuild);
        }
    }
}

#:project ../src/DiffSeg.MLNet/DiffSeg.MLNet.csproj

// Notebook 2 as a program: "dotnet run notebooks/2-how-it-works.cs" writes 2-how-it-works.html, a page with the same
// pictures. README.md in this folder says how to run it outside of the repository.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using DiffSeg;
using DiffSeg.Display;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

var page = new HtmlPage("2 · How DiffSeg works");

page.Paragraph("""
    DiffSeg (Tian et al., Diffuse, Attend, and Segment, CVPR 2024) makes segments from the self-attention of an image model
    in four steps: the attention of all resolutions is aggregated, maps that are alike are merged, the merged maps compete
    for each pixel, and what each wins is its segment. This notebook looks at every step, on one photo.
    """);

string samples = new[] { "models/samples", "../models/samples" }.FirstOrDefault(Directory.Exists)
    ?? throw new DirectoryNotFoundException(
        "There is no folder models/samples here. Run this in the repository, or name a folder with photos of your own.");
string photo = Path.Combine(samples, "chelsea.png");

var ml = new MLContext();
AttentionModel model = AttentionModel.Demo; // or AttentionModel.Load("your-model.onnx")
var encoder = ml.Segmentation().LoadEncoder(model);
SegmentationSession session = encoder.Encode(photo);
Picture picture = session.Picture!;
page.Add(picture);

page.Heading("Attention");
page.Paragraph("""
    The model cuts the photo into a grid of tokens and says, for each token, how much it looks at every other one: a map of
    weights for each token, which add up to 1. It does so at several resolutions. Here are the columns that it gives, as an
    ML.NET chain makes them: the photo is loaded, fitted into a square with bars above and below, and scored.
    """);

var chain = ml.Transforms.LoadImages("Photo", imageFolder: "", inputColumnName: "ImagePath")
    .Append(ml.Transforms.ResizeImages(
        "Resized", model.ImageWidth, model.ImageHeight, "Photo", ImageResizingEstimator.ResizingKind.IsoPad))
    .Append(ml.Transforms.ExtractPixels(model.InputName, "Resized", offsetImage: 127.5f, scaleImage: 1 / 127.5f))
    .Append(ml.Transforms.ApplyAttentionModel(model));
IDataView rows = ml.Data.LoadFromEnumerable(ImageSource.FromFiles(photo));
IDataView scored = chain.Fit(rows).Transform(rows);
page.Code(string.Join('\n', model.Outputs.Select(output => $"{output.Name,-14} {scored.Schema[output.Name].Type}")));

page.Paragraph("""
    A vector of 4096 x 4096 numbers is a map of 64 x 64 tokens for each of 64 x 64 tokens. And this is what one spot, on the
    cat's forehead, looks at, from 64 x 64 tokens down to 8 x 8. Fine maps know borders, coarse ones know what belongs
    together. The ring marks the spot.
    """);

var spot = (X: 215, Y: 75);
var maps = new List<(string, IDisplay)>();
foreach (AttentionOutput output in model.Outputs)
{
    int side = output.Shape.Width;
    double height = side * picture.Height / (double)picture.Width; // of the photo on the square, between the bars
    var grid = new MaskGrid(picture.Height, picture.Width, (side - height) / 2, 0, height, side);
    int row = (int)(grid.Top + (spot.Y * height / picture.Height)), column = spot.X * side / picture.Width;
    float[] attention = scored.GetColumn<float[]>(output.Name).First();
    ReadOnlySpan<float> map = attention.AsSpan(((row * side) + column) * side * side, side * side);
    maps.Add(($"{side} x {side} tokens", new AttentionMap(map, side, side, grid, picture) { Point = spot }));
}

page.Add(new Strip(maps) { ItemSide = 224 });

page.Heading("Aggregation");
page.Paragraph("""
    The maps of all resolutions are brought to the finest one and added up, weighted by their resolution, so that each of the
    64 x 64 tokens has one map with borders and with a sense for wholes. The bars are left out. A session holds this
    aggregated attention and shows the map of any spot of the photo.
    """);

page.Add(session.AttentionAt(spot.X, spot.Y));

page.Heading("Merging");
page.Paragraph("""
    A grid of tokens, 16 x 16 of them, are the anchors. In the first round each anchor's map is compared with the maps of all
    tokens, by the symmetric KL divergence, and becomes the mean of those that are nearer than a threshold. In later rounds the
    means themselves are merged in the same way. What is left are the proposals: each is a map of one thing, or of one surface.
    """);

MergingTrace trace = session.Trace();
foreach (MergingStep step in trace.Steps)
{
    page.Code($"round {step.Iteration + 1}: {step.Proposals.Count,3} maps, means of {step.Matches.Min()} to {step.Matches.Max()}");
}

page.Add(trace);

page.Heading("Non-maximum suppression");
page.Paragraph("""
    These are the proposals, the brightest spots of each where it is surest. They are brought to the photo's size, and each
    pixel goes to the proposal that gives it the largest weight. That is the mask.
    """);

page.Add(trace.Result.Proposals);
page.Add(trace.Result);

page.Heading("One encoding, many thresholds");
page.Paragraph("""
    The model has run once for all of this. A session keeps what it has computed, so that another threshold is a matter of
    milliseconds: what a slider in an application would show from left to right.
    """);

float[] thresholds = [0.4f, 0.7f, 1.0f, 1.4f];
var results = new List<(string, IDisplay)>();
foreach (float threshold in thresholds)
{
    Segmentation mask = session.Segment(session.Options with { KlThreshold = threshold });
    results.Add(($"threshold {threshold:0.0}: {mask.SegmentCount} segments", mask));
}

page.Add(new Strip(results) { ItemSide = 224 });

string target = args is [string given] ? given : "2-how-it-works.html";
page.Save(target);
Console.WriteLine($"Open {Path.GetFullPath(target)} in a browser.");

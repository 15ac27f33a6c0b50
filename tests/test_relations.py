"""What stands in which relation to what: each told right needs no look, told the other way is seen."""

from __future__ import annotations

import pytest

from digestlib.fidelity import check


def alarms(source: str, text: str) -> list[str]:
    found = check(source, text, complete=True)
    return [f"{f.rule}: {f.message}" for f in found if f.severity != "minor"]


CHANGES = [
    (
        "用稀疏注意力替代全注意力，训练时间减少 30%。",
        "Replacing full attention with sparse attention cuts training time by 30%.",
        "Replacing sparse attention with full attention cuts training time by 30%.",
    ),
    (
        "用稀疏注意力替代全注意力，训练时间减少 30%。",
        "Sparse attention replaces full attention, and training takes 30% less time.",
        "Full attention replaces sparse attention, and training takes 30% less time.",
    ),
    (
        "排序复杂度由 $O(n^3)$ 降至 $O(n^2)$。",
        "The complexity of sorting drops from $O(n^3)$ to $O(n^2)$.",
        "The complexity of sorting drops from $O(n^2)$ to $O(n^3)$.",
    ),
    (
        "该方法把仿真中学到的策略迁移到真实机器人。",
        "The method transfers policies learned in simulation to real robots.",
        "The method transfers policies learned on real robots to simulation.",
    ),
    (
        "训练时使用合成图像而非真实照片。",
        "Training uses synthetic images rather than real photos.",
        "Training uses real photos rather than synthetic images.",
    ),
    (
        "框架摒弃了 PyTorch，转而采用 JAX。",
        "The framework drops PyTorch in favour of JAX.",
        "The framework drops JAX in favour of PyTorch.",
    ),
    (
        "化学智能体九成的失败源于工具调用格式错误，而非化学知识不足。",
        "Nine in ten failures of the chemistry agent stem from malformed tool calls, not from a lack of chemical knowledge.",
        "Nine in ten failures of the chemistry agent stem from a lack of chemical knowledge, not from malformed tool calls.",
    ),
    (
        "瓶颈不在算力，而在内存带宽。",
        "Memory bandwidth is the bottleneck, not compute.",
        "Compute is the bottleneck, not memory bandwidth.",
    ),
    (
        "误差主要由标注噪声引起，与模型容量无关。",
        "The error is mainly due to label noise and has nothing to do with model capacity.",
        "The error is mainly due to model capacity and has nothing to do with label noise.",
    ),
]
RELATED = [
    (
        "推理显存仅与窗口长度有关，而与文档总长无关。",
        "Inference memory depends only on the window length, not on the total document length.",
        "Inference memory depends only on the total document length, not on the window length.",
    ),
]
LABELLED = [
    (
        "模型总参数 2350 亿、激活 220 亿，每个 token 路由到 8 个专家。",
        "The model has 235 billion parameters, 22 billion of them active, and routes each token to 8 experts.",
        "The model has 22 billion parameters in total, 235 billion of them active, and routes each token to 8 experts.",
    ),
    (
        "模型总参数 2350 亿、激活 220 亿，每个 token 路由到 8 个专家。",
        "With 235B parameters in total and 22B active, it sends each token to 8 experts.",
        "With 22B total parameters and 235B activated, it sends each token to 8 experts.",
    ),
    (
        "系统每 5 分钟预测一次未来 2 小时的降雨。",
        "Every 5 minutes the system forecasts rain for the next 2 hours.",
        "Every 2 hours the system forecasts rain for the next 5 minutes.",
    ),
    (
        "系统每 5 分钟预测一次未来 2 小时的降雨。",
        "The system predicts the next two hours of rainfall every five minutes.",
        "The system predicts rainfall for the next 5 minutes every two hours.",
    ),
    (
        "微调时学习率设为 2e-5，权重衰减为 0.1，dropout 为 0.05。",
        "Fine-tuning uses a learning rate of 2e-5, a weight decay of 0.1 and a dropout of 0.05.",
        "Fine-tuning uses a learning rate of 0.1, a weight decay of 2e-5 and a dropout of 0.05.",
    ),
    (
        "平均延迟 48 毫秒，峰值延迟 210 毫秒。",
        "Latency is 48 ms on average and peaks at 210 ms.",
        "Latency is 210 ms on average and peaks at 48 ms.",
    ),
    (
        "平均延迟 48 毫秒，峰值延迟 210 毫秒。",
        "Mean latency is 48 ms, peak latency 210 ms.",
        "Mean latency is 210 ms, peak latency 48 ms.",
    ),
    (
        "训练集含 12 万条对话，测试集含 3,000 条。",
        "There are 120,000 dialogues in the training set and 3,000 in the test set.",
        "There are 3,000 dialogues in the training set and 120,000 in the test set.",
    ),
    (
        "训练集含 12 万条对话，测试集含 3,000 条。",
        "The training set has 120K dialogues, the test set 3,000.",
        "The training set has 3,000 dialogues, the test set 120K.",
    ),
    (
        "编码器有 24 层，解码器只有 4 层。",
        "The encoder has 24 layers, the decoder just 4.",
        "The encoder has 4 layers, the decoder just 24.",
    ),
    (
        "编码器有 24 层，解码器只有 4 层。",
        "A 24-layer encoder is paired with a decoder of only 4 layers.",
        "A 4-layer encoder is paired with a decoder of only 24 layers.",
    ),
    (
        "RL 阶段采样温度为 1.0，KL 系数为 $10^{-3}$。",
        "RL samples at a temperature of 1.0 with a KL coefficient of $10^{-3}$.",
        "RL samples at a temperature of $10^{-3}$ with a KL coefficient of 1.0.",
    ),
    (
        "前 3 轮使用 8 张卡，后 5 轮使用 64 张卡。",
        "The first 3 rounds use 8 cards and the last 5 rounds 64.",
        "The first 3 rounds use 64 cards and the last 5 rounds 8.",
    ),
    (
        "前 3 轮使用 8 张卡，后 5 轮使用 64 张卡。",
        "Eight cards are used in the first three rounds, 64 in the last five.",
        "The first 5 rounds use 8 cards and the last 3 rounds 64.",
    ),
    (
        "CineFlow 与 ReelNet 互有长短：前者在 10 秒以内的片段上 FVD 更低（142 对 160），后者在 60 秒以上的长视频中占优（187 对 312）。",
        "CineFlow and ReelNet each have strengths: CineFlow's FVD is lower on clips within 10 seconds (142 vs 160), and ReelNet is better on videos longer than 60 seconds (187 vs 312).",
        "CineFlow and ReelNet both have their advantages: ReelNet's FVD is lower on clips within 10 seconds (142 against 160), and CineFlow is better on videos longer than 60 seconds (187 against 312).",
    ),
    (
        "在异步与同步两种调度下，前者每步耗时 0.9 秒，后者则要 2.7 秒。",
        "Each step takes 0.9 s under asynchronous scheduling but 2.7 s under synchronous scheduling.",
        "Each step takes 2.7 s under asynchronous scheduling but 0.9 s under synchronous scheduling.",
    ),
    (
        "在异步与同步两种调度下，前者每步耗时 0.9 秒，后者则要 2.7 秒。",
        "A step takes 2.7 s with synchronous scheduling, against 0.9 s with asynchronous scheduling.",
        "A synchronous scheduler finishes a step in 0.9 seconds, whereas an asynchronous one requires 2.7.",
    ),
    (
        "LoRA 和全量微调各有取舍：前者只需 24 GB 显存，后者要 160 GB。",
        "LoRA needs just 24 GB of memory, full fine-tuning 160 GB.",
        "LoRA needs 160 GB of memory, full fine-tuning just 24 GB.",
    ),
    (
        "LoRA 和全量微调各有取舍：前者只需 24 GB 显存，后者要 160 GB。",
        "LoRA and full fine-tuning trade off: the former needs only 24 GB of memory, the latter 160 GB.",
        "Full fine-tuning takes just 24 GB of memory; with LoRA it is 160 GB.",
    ),
    (
        "数学题和编程题的难度不同：前者平均 6.2 分，后者 7.9 分。",
        "Mathematics problems average 6.2 and programming problems 7.9 in difficulty.",
        "Mathematics problems average 7.9 and programming problems 6.2 in difficulty.",
    ),
    (
        "团队比较了 Adam 与 Muon，前者在 32 张卡上收敛，后者只用了 12 张。",
        "Of Adam and Muon, Adam converged on 32 cards and Muon on only 12.",
        "Of Adam and Muon, Muon converged on 32 cards and Adam on only 12.",
    ),
]
PAIRED = [
    (
        "该模型在 LMArena 文本榜上由第 9 位升至第 3 位。",
        "The model climbs from 9th to 3rd on LMArena's text leaderboard.",
        "On LMArena's text ranking the model rises three places from ninth.",
    ),
    (
        "上下文从 8K 拉长到 1M，准确率只掉了 0.3 个百分点（82.4% 对 82.1%）。",
        "With the window going from 8K to 1M, accuracy drops just 0.3 points, from 82.4% to 82.1%.",
        "With the window going from 8K to 1M, accuracy is just 0.3 points down, from 82.1% to 82.4%.",
    ),
    (
        "量化后体积缩小 60%，困惑度则上升到 1.08 倍。",
        "Quantisation cuts the size by 60% but raises perplexity to 1.08 times.",
        "Quantisation cuts perplexity by 60% but raises the size to 1.08 times.",
    ),
    (
        "语料中，德语占一半，法语占三成，其余为荷兰语。",
        "German makes up half of the corpus, French 30%, and the rest is Dutch.",
        "French makes up half of the corpus, German 30%, and the rest is Dutch.",
    ),
    (
        "剪枝后准确率跌了 6 个百分点，蒸馏可追回其中 4 个点。",
        "After pruning accuracy falls 6 points, 4 of which distillation wins back.",
        "Pruning loses 4 points of accuracy, and distillation recovers 6 of them.",
    ),
    (
        "推理框架升级后吞吐提高 2.1 倍，首词延迟缩短 35%。",
        "After the upgrade of the framework, throughput rises 2.1-fold and time to first token falls 35%.",
        "After the upgrade of the framework, throughput rises 35% and time to first token is 2.1 times shorter.",
    ),
]
EACH_OF = [
    (
        "GPT-4o 和 Gemini 2.5 Pro 分别答对 31 题和 44 题。",
        "GPT-4o and Gemini 2.5 Pro answer 31 and 44 questions correctly.",
        "GPT-4o and Gemini 2.5 Pro answer 44 and 31 questions correctly.",
    ),
    (
        "GPT-4o 和 Gemini 2.5 Pro 分别答对 31 题和 44 题。",
        "Gemini 2.5 Pro answers 44 questions correctly and GPT-4o 31.",
        "Gemini 2.5 Pro answers 31 questions correctly and GPT-4o 44.",
    ),
    (
        "v2.1 与 v3.0 将先后于 4 月和 7 月上线。",
        "v2.1 will go live in April, followed by v3.0 in July.",
        "v3.0 will go live in April, followed by v2.1 in July.",
    ),
    (
        "v2.1 与 v3.0 将先后于 4 月和 7 月上线。",
        "v2.1 and v3.0 go live in April and July.",
        "v3.0 and v2.1 go live in April and July.",
    ),
    (
        "代码、数学与通用文本按 6:3:1 混合。",
        "Code, math and general text are mixed at a ratio of 6:3:1.",
        "Math, code and general text are mixed at a ratio of 6:3:1.",
    ),
    (
        "奖励由正确性、格式和长度三项按 7:2:1 加权得到。",
        "The reward is a 7:2:1 weighting of three terms: correctness, format and length.",
        "The reward is a 7:2:1 weighting of three terms: correctness, length and format.",
    ),
    (
        "Mistral 与 Qwen 的得分分别为 61.2 和 64.8。",
        "Mistral scores 61.2 and Qwen 64.8.",
        "Mistral scores 64.8 and Qwen 61.2.",
    ),
    (
        "Mistral 与 Qwen 的得分分别为 61.2 和 64.8。",
        "Qwen scores 64.8, ahead of Mistral at 61.2.",
        "Mistral and Qwen score 64.8 and 61.2.",
    ),
    (
        "模型总参数 1 万亿，P99 延迟稳定在 200 ms 上下，P50 仅 45 ms。",
        "With 1 trillion parameters, P99 latency holds steady around 200 ms and P50 is just 45 ms.",
        "With 1 trillion parameters, P50 latency holds steady around 200 ms and P99 is just 45 ms.",
    ),
    (
        "预算的三分之一用于算力，剩下的用于数据标注。",
        "A third of the budget is spent on compute; data labelling takes the remainder.",
        "A third of the budget is spent on data labelling; compute takes the remainder.",
    ),
    (
        "模型在数学上追平 GPT-5，代码上则落后 3.4 分。",
        "In math the model ties GPT-5, while in coding it is 3.4 points behind.",
        "In math the model is 3.4 points behind, while in coding it ties GPT-5.",
    ),
    (
        "学习率按余弦衰减至峰值的 10%。",
        "The learning rate is cosine-decayed to 10% of its peak.",
        "The learning rate is cosine-decayed by 10% of its peak.",
    ),
]
COMPARED = [
    (
        "新索引的查询吞吐是 HNSW 的 3 倍。",
        "Query throughput of the new index is 3x that of HNSW.",
        "HNSW's query throughput is 3 times that of this index.",
    ),
    (
        "该方法优于 DPO 和 KTO，而计算量相当。",
        "DPO and KTO are outperformed by the method, which needs as much compute.",
        "DPO and KTO outperform the method at the same compute.",
    ),
    (
        "与 PyTorch 相比，该框架的启动时间缩短 40%，内存占用却高出 12%。",
        "PyTorch uses 12% less memory than the framework, which starts up in 40% less time.",
        "Compared with the framework, PyTorch has a 40% shorter start-up time, but uses 12% more memory.",
    ),
    (
        "较上一代芯片，新芯片功耗降低 30%。",
        "Against its predecessor, the new chip cuts power by 30%.",
        "The previous chip uses 30% less power than the new chip.",
    ),
    (
        "与 RoPE 相比，ALiBi 的困惑度低 0.3。",
        "Compared with RoPE, ALiBi has a perplexity that is 0.3 lower.",
        "Compared with ALiBi, RoPE has a perplexity that is 0.3 lower.",
    ),
    (
        "相较于扩散模型，自回归模型无需多步去噪。",
        "Unlike diffusion models, autoregressive models need no multi-step denoising.",
        "Unlike autoregressive models, diffusion models need no multi-step denoising.",
    ),
    (
        "FlowVLA 的成功率是扩散策略基线的三倍。",
        "FlowVLA succeeds three times as often as the diffusion policy baseline.",
        "The diffusion policy baseline has a success rate three times that of FlowVLA.",
    ),
    (
        "在长视频上，该模型优于更大的闭源系统。",
        "On long videos the model beats larger closed systems.",
        "On long videos larger closed systems beat it.",
    ),
]
RANGES = [
    (
        "在 2K 至 8K 的短文本上准确率稳定；在代码补全测试中，从 4K 扩展到 64K 时延迟几乎不变。",
        "Accuracy is stable on short texts of 2K to 8K; in the code-completion test latency hardly"
        " changes from 4K to 64K.",
        "Accuracy is stable on short texts of 4K to 64K; in the code-completion test latency hardly"
        " changes from 2K to 8K.",
    ),
]
NAMED = [
    (
        "HydraNet 和 PoseFormer 均领先，其中 HydraNet 在夜间场景接近满分。",
        "HydraNet and PoseFormer both lead, and HydraNet comes close to full marks in night scenes.",
        "HydraNet and PoseFormer both lead, and PoseFormer comes close to full marks in night scenes.",
    ),
    (
        "推理高效，一块 T4 即可处理长视频；训练推荐使用 TPU 集群。",
        "While a TPU cluster is recommended for training, inference is efficient, and one T4 handles long videos.",
        "While a TPU cluster is recommended for inference, training is efficient, and one T4 handles long videos.",
    ),
    (
        "在长对话中，FlowNet 能够保持稳定（<4 GB），而未使用该模块的基线在结束前就会超出显存限制。",
        "In long dialogues FlowNet stays stable (<4 GB), while baselines without the module exceed the"
        " memory limit before the end.",
        "In long dialogues baselines stay stable (<4 GB), while FlowNet exceeds the memory limit"
        " before the end.",
    ),
]
CONTRASTED = [
    (
        "在开启缓存时，首字延迟仅为 80 毫秒；而在关闭缓存后，该指标升至 410 毫秒。",
        "Time to first token climbs to 410 ms once the cache is off, from only 80 ms with it on.",
        "With the cache on, time to first token climbs to 410 ms; with the cache off it is only 80 ms.",
    ),
    (
        "训练集上的错误率只有 3.1%，而在测试集上，这一数字升至 9.8%。",
        "On the test set the error rate rises to 9.8%, compared with only 3.1% on the training set.",
        "On the training set the error rate rises to 9.8%, compared with only 3.1% on the test set.",
    ),
    (
        "白天场景的平均误差为 0.42 米，而夜间场景高达 1.35 米。",
        "Errors average 1.35 m at night, more than three times the 0.42 m by day.",
        "Errors average 1.35 m by day, more than three times the 0.42 m at night.",
    ),
    (
        "含有图例的论文平均得分为 71.3，而没有图例的论文仅为 58.6。",
        "Without legends, papers score only 58.6 on average, against 71.3 for those that have them.",
        "Without legends, papers score 71.3 on average, against only 58.6 for those that have them.",
    ),
]
EVENTS = [
    (
        "在 AIME24 和 AIME25 上分别取得 71.3 和 62.8 分。",
        "It scores 71.3 on AIME 2024 and 62.8 on AIME 2025.",
        "It scores 71.3 on AIME 2024 and 62.8 on AIME 2026.",
    ),
    (
        "在 AIME 2024/2025 上平均得分 67.1。",
        "It averages 67.1 on AIME '24 and '25.",
        "It averages 67.1 on AIME '24 and '26.",
    ),
    (
        "该方法在 ICCV'23 的挑战赛中夺冠。",
        "It won the challenge at ICCV 2023.",
        "It won the challenge at ICCV 2022.",
    ),
]
RATIOS = [
    (
        "评审对两份计划的偏好比例为 7:3。",
        "Reviewers preferred one of the two plans by 7 to 3.",
        "Reviewers preferred one of the two plans by 8 to 3.",
    ),
    (
        "正负样本比例为 1:4。",
        "There are four negative samples for each positive one.",
        "There are five negative samples for each positive one.",
    ),
    (
        "中文、英文和代码的占比为 3:5:2。",
        "Chinese, English and code make up 30%, 50% and 20%.",
        "Chinese, English and code make up 35%, 50% and 20%.",
    ),
]
RANKED = [
    (
        "NestAgent 的得分超过了许多参数更多的模型。",
        "Many models with more parameters score lower than NestAgent.",
        "Many models with more parameters score higher than NestAgent.",
    ),
    (
        "FooVLM 显著优于扩散模型 (BarVLM)，并优于自回归模型 (BazVLM)。",
        "The diffusion model BarVLM is left well behind by FooVLM, which also beats the autoregressive BazVLM.",
        "FooVLM is left well behind by the diffusion model BarVLM, and by the autoregressive BazVLM.",
    ),
    (
        "其得分比 **Sora** 和 **Veo** 分别高出 **29%** 和 **13%**。",
        "Its score is 29% above that of Sora and 13% above that of Veo.",
        "Its score falls short of those of Sora and Veo by 29% and 13%.",
    ),
]
IN_TURN = [
    (
        "30B 模型的成功率由 43.9% 提升至 60.6%，8B 模型由 29.4% 提升至 55.5%。",
        "The 8B model's success rate went from 29.4% to 55.5% and the 30B model's from 43.9% to 60.6%.",
        "The 8B model's success rate went from 43.9% to 60.6% and the 30B model's from 29.4% to 55.5%.",
    ),
]
WORKED_OUT = [
    (
        "训练时间由 40 小时缩短到 20 小时。",
        "Training time is halved from 40 hours to 20.",
        "Training time is cut to a third, from 40 hours to 20.",
    ),
    (
        "位姿误差由 1.8° 降到 0.6°。",
        "Pose error falls to a third, from 1.8° to 0.6°.",
        "Pose error falls to a fifth, from 1.8° to 0.6°.",
    ),
    (
        "参数量为 3B，而对比模型为 12B。",
        "With 3B parameters it is a quarter the size of the model it is compared with (12B).",
        "With 3B parameters it is a third the size of the model it is compared with (12B).",
    ),
]
TURNED = [
    (
        "第二代模型的训练数据达到 6 万亿 token，是第一代的 4 倍。",
        "The first generation saw a quarter of the 6T training tokens of the second.",
        "The second generation saw a quarter of the training tokens of the first, 6T in all.",
    ),
    (
        "使用合成数据训练的模型，其误差（MSE）显著低于仅使用真实数据训练的 DepthNet。",
        "Trained on nothing but real data, DepthNet has a markedly higher error (MSE) than the model with synthetic data.",
        "Trained on synthetic data, the model has a markedly higher error (MSE) than DepthNet with nothing but real data.",
    ),
]
UNITS_TOLD_ONCE = [
    (
        "H200 上的训练时间由 14 天缩短到 5 天。",
        "Training takes five days on the H200 against 14 before.",
        "Training takes five days on the H200 against 41 before.",
    ),
    (
        "支持长达 **20 秒** 的连续内容，超过了 Veo 3 (12s) 和 Sora 2 (16s)。",
        "Veo 3 stops at 12 seconds and Sora 2 at 16. This one can keep going for up to 20.",
        "Veo 3 stops at 12 seconds and Sora 2 at 16. This one can keep going for up to 20 minutes.",
    ),
    (
        "首帧延迟从约 83秒降低至 **0.33秒**（提升 **200倍**）。",
        "First-frame latency has shrunk 200-fold, from roughly 83 s to 0.33 s.",
        "First-frame latency has shrunk 20-fold, from roughly 83 s to 0.33 s.",
    ),
    (
        "长答案的幻觉率（12.8%）是短答案（4.1%）的三倍多。",
        "Short answers hallucinate 4.1% of the time; for long ones the rate is more than three times as high, 12.8%.",
        "Long answers hallucinate 4.1% of the time; for short ones the rate is more than three times as high, 12.8%.",
    ),
]
DIRECTIONS = [
    (
        "模型在方言测试中表现出良好的鲁棒性。",
        "The model shows good robustness in dialect tests.",
        "The model shows poor robustness in dialect tests.",
    ),
    (
        "吞吐量随 GPU 数量线性增长。",
        "Throughput grows linearly with the number of GPUs.",
        "Throughput declines linearly with the number of GPUs.",
    ),
    (
        "搭载该模块后，检索准确性显著提升。",
        "With the module, retrieval becomes markedly more accurate.",
        "With the module, retrieval accuracy declines markedly.",
    ),
    (
        "困惑度（越低越好）为 7.9。",
        "Perplexity (lower is better) is 7.9.",
        "Perplexity (higher is better) is 7.9.",
    ),
    (
        "该损失促进了专家分工。",
        "The loss encourages experts to divide their labour.",
        "The loss discourages experts from dividing their labour.",
    ),
    (
        "该算子仅增加 1.3% 的延迟。",
        "The operator adds only 1.3% to latency.",
        "The operator trims latency by only 1.3%.",
    ),
    (
        "推理实现了 1.8 倍的加速。",
        "Inference is sped up by a factor of 1.8.",
        "Inference is slowed down by a factor of 1.8.",
    ),
    (
        "首次在水下机器人上验证。",
        "Validated for the first time on underwater robots.",
        "Validated for the second time on underwater robots.",
    ),
]
TRENDS = [
    (
        "缓存未命中时画面细节丰富度下降。",
        "Where the cache misses, the richness of visual detail falls.",
        "Where the cache misses, the richness of visual detail grows.",
    ),
    (
        "该策略大幅减少了重复采样，从而节省算力。",
        "The strategy greatly reduces repeated sampling and so saves compute.",
        "The strategy greatly increases repeated sampling and so saves compute.",
    ),
    (
        "扩大编码器带来了更好的效果。",
        "Enlarging the encoder pays off.",
        "Shrinking the encoder pays off.",
    ),
    (
        "渲染结果比 NeRF 更清晰。",
        "The renderings are crisper than those of NeRF.",
        "The renderings are blurrier than those of NeRF.",
    ),
    (
        "机器人不再受限于固定的抓取顺序。",
        "The robot is no longer limited to a fixed grasping order.",
        "The robot becomes limited to a fixed grasping order.",
    ),
    (
        "在随机删除两成节点后，网络依然连通。",
        "After a random two tenths of the nodes are removed, the network is still connected.",
        "After a random two tenths of the nodes are added, the network is still connected.",
    ),
    (
        "均匀采样效果优于只训练难题。",
        "Uniform sampling does better than training on hard problems alone.",
        "Uniform sampling does worse than training on hard problems alone.",
    ),
    (
        "在长文档上，StreamKV 大幅超越了纯文本模型。",
        "On long documents StreamKV stays far above the text-only models.",
        "On long documents StreamKV stays far below the text-only models.",
    ),
]
SHARES = [
    (
        "以 31% 的训练成本达到全量微调的精度。",
        "It reaches the accuracy of full fine-tuning at 31% of the training cost.",
        "It reaches the accuracy of full fine-tuning with training cost cut by 31%.",
    ),
    (
        "在引入缓存后，吞吐量下降极小（<2%）。",
        "With the cache, throughput drops only slightly (<2%).",
        "With the cache, throughput drops to less than 2%.",
    ),
    (
        "使用新奖励后，成功率显著提升 17.3 个点。",
        "With the new reward, the success rate rises by a striking 17.3 points.",
        "With the new reward, the success rate climbs to a striking 17.3 points.",
    ),
]
LIMITS = [
    (
        "受试者（博士及以上）在 62% 的题目上选择了新模型。",
        "Subjects with a doctorate or above chose the new model on 62% of the questions.",
        "Subjects with a doctorate or above chose the new model on at most 62% of the questions.",
    ),
    (
        "该系统在 31 个任务上取得最优。",
        "The system is best on 31 tasks.",
        "The system is best on more than 31 tasks.",
    ),
    (
        "比 Sora 高出 29%。",
        "It beats Sora by 29%.",
        "It beats Sora by up to 29%.",
    ),
]
THINGS = [
    ("有 52 名用户参与。", "There were 52 users.", "There were 52 videos."),
    ("使用 8 张 NVIDIA H100 GPU。", "It uses 8 NVIDIA H100 cards.", "It uses 8 NVIDIA H100 nodes."),
    ("平均需要 1.5 张截图。", "It takes 1.5 screenshots.", "It takes 1.5 rounds on average."),
    ("排名前 10 名的模型", "the top 10 models", "the top 10% of models"),
    ("采用 SAM 优化。", "It is optimized with SAM.", "It is optimized with Adam here."),
    ("推出了 Foo Bench Pro。", "Foo Bench Pro is released.", "SWE-bench Pro is released."),
]
PARTS = [
    ("在所有语言上领先。", "It leads in every language.", "It leads in nearly all languages."),
    ("所有模型均失败。", "All of the models fail.", "Most of the models fail."),
    ("绝大多数样本附有解析。", "Nearly all samples are explained.", "Every sample is explained."),
    ("大部分错误来自检索。", "Retrieval causes most errors.", "Retrieval causes all errors."),
    ("多数情况下优于基线。", "More often than not it wins.", "In all cases it wins."),
    ("大部分参数被冻结。", "All but a few parameters are frozen.", "All parameters are frozen."),
    ("多数投票的结果更好。", "Majority voting is better.", "Voting by all is better."),
    (
        "检索截止日期之前的文章。",
        "It retrieves articles that predate the cutoff.",
        "It retrieves articles from after the cutoff.",
    ),
    (
        "变体 ABC-Depth 的结果更好，ABC 次之。",
        "The variant ABC-Depth is better, ABC comes second.",
        "The variant ABC-Normal is better, ABC comes second.",
    ),
]
APART = [
    (
        "包括用于日志采集的 Kite、用于告警聚合的 Wren，以及用于报表的 Lark。",
        "It comprises Kite for collecting logs, Wren for aggregating alerts and Lark for reports.",
        "It comprises Wren for collecting logs, Kite for aggregating alerts and Lark for reports.",
    ),
    (
        "模型总参数量较大（120B），每个词元仅激活 6B 参数。",
        "With 120B parameters in all the model is large, yet a token activates only 6B of them.",
        "The model is large overall (6B parameters), yet a token activates only 120B.",
    ),
    (
        "分三步完成（召回 -> 重排 -> 生成）。",
        "It takes three steps: recall, reranking and generation.",
        "It takes three steps: reranking, recall and generation.",
    ),
    (
        "采用图像预训练、视频微调、指令对齐的三阶段流程。",
        "In three stages it is pre-trained on images, fine-tuned on videos and finally aligned to instructions.",
        "In three stages it is fine-tuned on videos, pre-trained on images and finally aligned to instructions.",
    ),
    (
        "我们训练了 3B 和 14B 参数的模型。",
        "We train models of 3B and 14B parameters.",
        "We train models ranging from 3B to 14B parameters.",
    ),
    (
        "弃用 Q8.24 定点格式，转而采用 IEEE 754 浮点格式。",
        "It drops the Q8.24 fixed-point format in favour of IEEE 754 floating point.",
        "It drops IEEE 754 floating point in favour of the Q8.24 fixed-point format.",
    ),
    (
        "延迟降低到 0.2 秒，同时保持了画质。",
        "Latency comes down to 0.2 s with image quality kept.",
        "Latency comes down to 0.2 s at the expense of image quality.",
    ),
    (
        "优于 2024 年发布的模型。",
        "It beats models released in 2024.",
        "It beats models released before 2024.",
    ),
    (
        "把编码器从 2 层加深到 12 层只带来 0.4 分的增益，而拓宽解码器的收益更明显。",
        "Deepening the encoder from 2 to 12 layers gains only 0.4 points, whereas widening the decoder pays off more.",
        "Deepening the decoder from 2 to 12 layers gains only 0.4 points, whereas widening the encoder pays off more.",
    ),
    (
        "需要 CUDA 12.4 和 PyTorch 2.6。",
        "It needs CUDA 12.4 and PyTorch 2.6.",
        "It needs CUDA and PyTorch 2.6.",
    ),
    (
        "恢复后的状态完全一致。",
        "The restored state is exactly the same.",
        "The restored state is almost identical.",
    ),
    (
        "训练集中在寻找平坦的极小值上。",
        "Training is all about finding flat minima.",
        "Training is all about finding sharp minima.",
    ),
    (
        "第一类是白盒攻击。",
        "The first class is white-box attacks.",
        "The first class is black-box attacks.",
    ),
]


OF_THE_FIELD = [
    (
        "近端采样点密集，用于避障；远端采样点稀疏，用于选路。",
        "Near samples are dense and serve obstacle avoidance; far samples are sparse and serve route choice.",
        "Far samples are dense and serve obstacle avoidance; near samples are sparse and serve route choice.",
    ),
    (
        "情景记忆记录操作日志，语义记忆保存领域知识。",
        "Episodic memory records operation logs, and semantic memory keeps domain knowledge.",
        "Semantic memory records operation logs, and episodic memory keeps domain knowledge.",
    ),
    (
        "外循环负责规划，内循环负责提取网页信息。",
        "The outer loop plans and the inner loop extracts information from web pages.",
        "The inner loop plans and the outer loop extracts information from web pages.",
    ),
    (
        "红队生成攻击样本，蓝队训练防御模型。",
        "The red team generates attack samples and the blue team trains a defence model.",
        "The blue team generates attack samples and the red team trains a defence model.",
    ),
    ("内存占用呈亚线性增长。", "Memory use grows sublinearly.", "Memory use grows superlinearly."),
    (
        "仅提供第三人称视角。",
        "It offers third-person views only.",
        "It offers first-person views only.",
    ),
    (
        "在轨迹内共享缓存。",
        "The cache is shared within a trajectory.",
        "The cache is shared cross-trajectory.",
    ),
    (
        "日志在上传前都会压缩。",
        "Logs are compressed before upload.",
        "Logs are compressed after upload.",
    ),
    (
        "离群点带来的影响是暂时的。",
        "What outliers do to it is temporary.",
        "What outliers do to it is permanent.",
    ),
    (
        "把不确定的浮点结果归一化。",
        "Floating-point results, which are not deterministic, are normalised.",
        "Floating-point results, which are deterministic, are normalised.",
    ),
    (
        "用稀疏检索替换稠密检索，索引体积变小。",
        "Replacing dense retrieval with sparse retrieval makes the index smaller.",
        "Replacing dense retrieval with sparse retrieval makes the index larger.",
    ),
]
CASES = (
    CHANGES
    + RELATED
    + LABELLED
    + PAIRED
    + EACH_OF
    + COMPARED
    + RANGES
    + NAMED
    + CONTRASTED
    + EVENTS
    + RATIOS
    + RANKED
    + IN_TURN
    + WORKED_OUT
    + TURNED
    + UNITS_TOLD_ONCE
    + DIRECTIONS
    + TRENDS
    + SHARES
    + LIMITS
    + PARTS
    + THINGS
    + APART
    + OF_THE_FIELD
)


@pytest.mark.parametrize(("source", "right", "wrong"), CASES)
def test_a_relation_turned_around_is_seen(source: str, right: str, wrong: str) -> None:
    assert not alarms(source, right)
    assert alarms(source, wrong)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "用稀疏注意力替代全注意力，训练时间减少 30%。",
            "Swapping sparse attention in for full attention cuts training time by 30%.",
        ),
        (
            "该方法全面超越 GPT-4o。",
            "GPT-4o is strong, but the method outperforms it across the board.",
        ),
        (
            "该模型不仅击败了 SDAR-8B，还超越了 Qwen2.5 系列。",
            "SDAR-8B is outperformed by the model, and so is the Qwen2.5 series.",
        ),
        (
            "该模型在两项基准上击败了 SDAR-8B，并超越了 LLaDA 系列。",
            "SDAR-8B is outperformed on two benchmarks, and so is the LLaDA series.",
        ),
        (
            "误码率比传统方案低一个数量级。",
            "The bit error rate is an order of magnitude lower than that of conventional schemes.",
        ),
        (
            "该方法提升了定位的精细程度，并降低了计算开销。",
            "The method lowers compute overhead and makes localisation finer.",
        ),
        (
            "蒸馏模型的困惑度低于直接训练的小模型。",
            "A small model trained directly has a higher perplexity than the distilled model.",
        ),
        (
            "生成结果比 NeRF 更清晰且更连贯。",
            "NeRF's output is neither as crisp nor as coherent as these results.",
        ),
        (
            "在 L3 上准确率为 0。",
            "On L3 not a single point is scored, 0 in all.",
        ),
        (
            "大幅领先 OpenVLA-OFT (33.3%) 和扩散策略基线 (40.1%)。",
            "It leaves OpenVLA-OFT at 33.3% and diffusion policy baselines at 40.1% far behind.",
        ),
        (
            "A组中大模型占 2.1%，低于小模型的 5.5%；B组中大模型占 5.5%，低于小模型的 8.3%。",
            "In group B it is 8.3% for small models and 5.5% for large ones; in group A 5.5% and 2.1%.",
        ),
        (
            "白天的平均测距误差为 3 米，夜间的误差高达 11 米。",
            "At night distances are misjudged by up to 11 m on average; by day, by 3 m.",
        ),
        (
            "打破了编码器与解码器的划分，提出统一的单流结构。",
            "Not the usual split into encoder and decoder, but one stream for all.",
        ),
        (
            "显存占用显著降低（约 5 倍减少）。",
            "Memory shrinks to around a fifth under this design.",
        ),
        (
            "仅用 1% 的标注就达到了全监督的水平。",
            "A mere hundredth of the labels is enough to reach full supervision.",
        ),
        (
            "按来源（论文或代码）和用途（训练或评测）分类。",
            "It sorts along two lines: by source, papers or code, and by use, training or evaluation.",
        ),
        (
            "训练吞吐量下降极低。",
            "Training gives up very little throughput.",
        ),
        (
            "可与 AlphaCache 和 BetaPrune 叠加，进一步加速推理。",
            "Inference gets faster still: BetaPrune and AlphaCache can be added on top.",
        ),
        (
            "每只机械手（12 自由度/手）由一个控制器驱动。",
            "A controller drives each robot hand (12 DoFs per mechanical hand).",
        ),
        (
            "Alpha版中大模型的错误率为1.2%，低于小模型的3.4%；Beta版中大模型为3.4%，低于小模型的5.6%。",
            "The error rates are 1.2% vs. 3.4% for Alpha, 3.4% vs. 5.6% for Beta.",
        ),
        (
            "该缓存还可以作为检索索引使用。",
            "The cache doubles as an index for retrieval.",
        ),
        (
            "该模型超越了 LLaMA 系列和 Mamba-3B 等线性模型。",
            "The LLaMA series is surpassed by the model, as are linear models such as Mamba-3B.",
        ),
        (
            "其清晰度评分（0.71）和色彩评分（0.83）均高于基线（分别为 0.62 和 0.75）。",
            "Colour is 0.83 versus 0.75 for the baseline, and sharpness is 0.71 versus 0.62.",
        ),
        (
            "训练了 Foo-4B (基于 Bar-4B) 和 Foo-30B (基于 Bar-30B)。",
            "Foo is trained in two sizes: 4B (from Bar-4B) and 30B (from Bar-30B).",
        ),
        (
            "训练了 Foo-4B (基于 Bar-4B) 和 Foo-30B-A3B (基于 Bar-30B)。",
            "The models trained are Foo-30B-A3B, built on Bar-30B, and Foo-4B, built on Bar-4B.",
        ),
        (
            "该结果优于专有模型，如 GPT-4o（27.1%）和 GPT-5（29.8%）。",
            "Proprietary models trail it: GPT-4o gets 27.1% and GPT-5 29.8%.",
        ),
        (
            "与 LongLive 和 MIDAS 等现有方法进行了对比。",
            "It is compared with existing methods, among them MIDAS and LongLive.",
        ),
        (
            "几何结构更完整，伪影明显少于 ADGaussian 等方法。",
            "The geometry is more complete than with ADGaussian and others, and artifacts are fewer.",
        ),
        (
            "视频理解得分 72.1，图像理解得分 80.6，均高于 InternVL3 的 69.4 和 79.2。",
            "InternVL3 scores 69.4 on video and 79.2 on images; the new model, with 72.1 and 80.6, beats it.",
        ),
        (
            "编码器有 3 亿参数，解码器仅 8000 万，二者共享词表。",
            "Encoder and decoder share a vocabulary; they have 300M and just 80M parameters, respectively.",
        ),
        (
            "新算法每秒可处理 1.2 万次请求。",
            "With the new algorithm 12,000 requests a second are handled.",
        ),
        ("在 8 张 4090 上微调需 6 小时。", "Fine-tuning takes six hours on eight 4090s."),
        (
            "在 5 折交叉验证中，F1 均值为 0.87。",
            "In fivefold cross-validation the mean F1 is 0.87.",
        ),
        (
            "中文提示下的拒答率高出近一倍（19% 对 10%）。",
            "Prompts in Chinese are declined almost twice as often (19% versus 10%).",
        ),
        (
            "每增加一名专家，吞吐量下降约 2%。",
            "Throughput drops by some 2% with every expert added.",
        ),
        (
            "大幅超越了 Foo-Flash (72.7%) 和 Bar3 (72.08%)。",
            "Neither Bar3, at 72.08%, nor Foo-Flash, at 72.7%, comes close to it.",
        ),
        (
            "PSNR 达到 25.84 dB，LPIPS 降低了 25.9%。",
            "A 25.9% cut in LPIPS accompanies a PSNR of 25.84 dB.",
        ),
        (
            "推理成本降至原来的五分之一，吞吐量则是原来的 2.7 倍。",
            "Throughput is up by a factor of 2.7, and inference costs a fifth of what it did.",
        ),
        ("平均奖励从 12.4 提高到 38。", "Average reward goes from 12.4 up to 38."),
        (
            "低16位为小数部分，前 10 个结果一致。",
            "The low 16 bits are the fraction, and the top 10 results agree.",
        ),
        (
            "同样保持了领先地位（相比现有最佳模型提升了 10% 的准确率）。",
            "It keeps its lead as well, with accuracy 10% higher than the best existing model.",
        ),
    ],
)
def test_a_relation_in_other_words_needs_no_look(source: str, text: str) -> None:
    assert not alarms(source, text)

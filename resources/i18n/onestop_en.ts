<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>CardDelegate</name>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>LevelChip</name>
    <message>
        <source>新</source>
        <translation>new</translation>
    </message>
    <message>
        <source>红</source>
        <translation>RED</translation>
    </message>
    <message>
        <source>黄</source>
        <translation>YELLOW</translation>
    </message>
    <message>
        <source>蓝</source>
        <translation>BLUE</translation>
    </message>
    <message>
        <source>未知</source>
        <translation>Unknown</translation>
    </message>
</context>
<context>
    <name>LevelCount</name>
    <message>
        <source>未确认 {}</source>
        <translation>{} not acknowledged</translation>
    </message>
    <message>
        <source>红</source>
        <translation>RED</translation>
    </message>
    <message>
        <source>黄</source>
        <translation>YELLOW</translation>
    </message>
    <message>
        <source>蓝</source>
        <translation>BLUE</translation>
    </message>
    <message>
        <source>新</source>
        <translation>new</translation>
    </message>
</context>
<context>
    <name>PageState</name>
    <message>
        <source>没有内容</source>
        <translation>Nothing here</translation>
    </message>
    <message>
        <source>正在读取</source>
        <translation>Loading</translation>
    </message>
    <message>
        <source>读取失败</source>
        <translation>Could not be read</translation>
    </message>
    <message>
        <source>服务器不可达</source>
        <translation>The server cannot be reached</translation>
    </message>
    <message>
        <source>无权查看</source>
        <translation>Not permitted to see this</translation>
    </message>
    <message>
        <source>状态未知</source>
        <translation>State unknown</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>界面</source>
        <translation>Screens</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
</context>
<context>
    <name>ReasonRow</name>
    <message>
        <source>硬</source>
        <translation>hard</translation>
    </message>
    <message>
        <source>软</source>
        <translation>soft</translation>
    </message>
</context>
<context>
    <name>RefusalBlock</name>
    <message>
        <source>不能执行</source>
        <translation>Cannot be done</translation>
    </message>
    <message>
        <source>{} 现在不能执行 — 差 {} 项</source>
        <translation>{} cannot be done now — {} missing</translation>
    </message>
    <message>
        <source>（硬条件 {}）</source>
        <translation> ({} hard)</translation>
    </message>
</context>
<context>
    <name>SaveLamp</name>
    <message>
        <source>已落盘</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>待落盘</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>只读</source>
        <translation>Read only</translation>
    </message>
    <message>
        <source>故障</source>
        <translation>Fault</translation>
    </message>
</context>
<context>
    <name>ScanResult</name>
    <message>
        <source>有效</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>已做过</source>
        <translation>Already done</translation>
    </message>
    <message>
        <source>不认识</source>
        <translation>Not known</translation>
    </message>
</context>
<context>
    <name>ScanStrip</name>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>SignPad</name>
    <message>
        <source>在此手写</source>
        <translation>Sign here</translation>
    </message>
</context>
<context>
    <name>SimBand</name>
    <message>
        <source>演练 SIM</source>
        <translation>PRACTICE SIM</translation>
    </message>
</context>
<context>
    <name>ThreeStepBar</name>
    <message>
        <source>步骤</source>
        <translation>Steps</translation>
    </message>
</context>
<context>
    <name>TimerChip</name>
    <message>
        <source>未知</source>
        <translation>Unknown</translation>
    </message>
</context>
<context>
    <name>TopStrip</name>
    <message>
        <source>时间未核实</source>
        <translation>Time not verified</translation>
    </message>
    <message>
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>设备：正常 {}，未知 {}，故障 {}</source>
        <translation>Devices: {} well, {} unknown, {} at fault</translation>
    </message>
    <message>
        <source>Onestop 一站式执法办案管理中心工作站</source>
        <translation>Onestop, workstation of a case-handling centre</translation>
    </message>
    <message>
        <source>未登录</source>
        <translation>Not signed in</translation>
    </message>
    <message>
        <source>{} {}，锁定 Ctrl+L</source>
        <translation>{} {}, lock Ctrl+L</translation>
    </message>
    <message>
        <source>静音 {}</source>
        <translation>Silent {}</translation>
    </message>
    <message>
        <source>静音</source>
        <translation>Silence</translation>
    </message>
</context>
</TS>

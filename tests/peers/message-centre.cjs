// An SMPP 3.4 message centre by the npm library `smpp`: a second opinion on our client. One JSON line for each message.
const smpp = require("smpp");

let number = 0;

const server = smpp.createServer({}, (session) => {
  session.on("error", () => session.close());
  session.on("bind_transceiver", (pdu) => {
    const right = pdu.system_id === "ansinh" && pdu.password === "peer";
    session.send(pdu.response({ command_status: right ? smpp.ESME_ROK : smpp.ESME_RINVPASWD }));
  });
  session.on("enquire_link", (pdu) => session.send(pdu.response()));
  session.on("unbind", (pdu) => { session.send(pdu.response()); session.close(); });
  session.on("submit_sm", (pdu) => {
    const id = `peer-${++number}`;
    const { message, udh } = pdu.short_message;
    console.log(JSON.stringify({
      id, text: message, udh: udh ? udh.map((part) => Buffer.from(part).toString("hex")) : [],
      source: pdu.source_addr, sourceTon: pdu.source_addr_ton,
      destination: pdu.destination_addr, destinationTon: pdu.dest_addr_ton, destinationNpi: pdu.dest_addr_npi,
      dataCoding: pdu.data_coding, receipt: pdu.registered_delivery,
    }));
    session.send(pdu.response({ message_id: id }));
    session.deliver_sm({
      esm_class: 4, source_addr: pdu.destination_addr, destination_addr: pdu.source_addr,
      short_message: `id:${id} sub:001 dlvrd:001 submit date:2611232007 done date:2611232007 stat:DELIVRD err:00A text:`,
    });
  });
});

server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
